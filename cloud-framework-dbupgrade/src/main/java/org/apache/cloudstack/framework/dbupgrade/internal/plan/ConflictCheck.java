package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.Collection;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;

/** Finds changes of parallel lines whose order would make a difference. */
@FunctionalInterface
public interface ConflictCheck {

    /** Finds nothing. */
    ConflictCheck NONE = (graph, contained, toRun) -> List.of();

    /**
     * Compares each migration to run with all others of the target that stand on another line.
     *
     * @param contained all migrations of the target
     * @param toRun those of them that will be run
     */
    List<Finding> conflicts(
            ReleaseGraph graph, Collection<VersionedMigration> contained, Collection<VersionedMigration> toRun);
}
