package org.apache.cloudstack.framework.dbupgrade.plan;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.sql.Phase;

/** What routines mean for older servers, and for each other. */
public interface PhaseResolver {

    /** Knows what authors declare, and takes every two routines to be of no concern to each other. */
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

    /** The phase of a routine; empty when it cannot be told, as of Java code that does not declare it. */
    Optional<Phase> phaseOf(Migration migration);

    /** Whether a routine may not run without one that comes before it. */
    boolean needs(Migration later, Migration earlier);
}
