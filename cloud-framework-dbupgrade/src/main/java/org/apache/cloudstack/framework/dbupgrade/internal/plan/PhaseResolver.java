package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;

/** What migrations mean for older nodes, and for each other. */
public interface PhaseResolver {

    /** Knows what authors declare, and takes every two migrations to be of no concern to each other. */
    PhaseResolver DECLARED = new PhaseResolver() {
        @Override
        public Optional<Phase> phaseOf(Migration migration) {
            return migration.directives().phase();
        }

        @Override
        public boolean needs(Migration later, Migration earlier) {
            return false;
        }
    };

    /** The phase of a migration; empty when it cannot be determined, as of Java code that does not declare it. */
    Optional<Phase> phaseOf(Migration migration);

    /** Whether a migration may not run without one that comes before it. */
    boolean needs(Migration later, Migration earlier);
}
