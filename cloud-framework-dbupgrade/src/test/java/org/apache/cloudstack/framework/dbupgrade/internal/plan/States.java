package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.AppliedMigration.State;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** What databases remember after plans were carried out. */
final class States {

    private States() {}

    static DatabaseState after(DatabaseState before, Plan plan) {
        return after(before, plan, plan.steps().size());
    }

    /** As if the upgrade had been killed between two steps. */
    static DatabaseState after(DatabaseState before, Plan plan, int steps) {
        Map<String, AppliedMigration> applied = new LinkedHashMap<>();
        NavigableSet<ReleaseVersion> reached = new TreeSet<>();
        if (before instanceof DatabaseState.Managed managed) {
            managed.applied().forEach(migration -> applied.put(migration.key(), migration));
            reached.addAll(managed.reached());
        }
        plan.steps()
                .subList(0, steps)
                .forEach(step -> applied.put(step.migration().key(), applied(step.migration(), State.DONE)));
        if (steps == plan.steps().size()) {
            reached.addAll(plan.reached());
        }
        return new DatabaseState.Managed(List.copyOf(applied.values()), reached, Optional.empty());
    }

    /** The same, with one migration left half done. */
    static DatabaseState failed(DatabaseState before, Migration migration) {
        DatabaseState.Managed managed = (DatabaseState.Managed) before;
        Map<String, AppliedMigration> applied = new LinkedHashMap<>();
        managed.applied().forEach(each -> applied.put(each.key(), each));
        applied.put(migration.key(), applied(migration, State.FAILED));
        return new DatabaseState.Managed(List.copyOf(applied.values()), managed.reached(), managed.contracted());
    }

    private static AppliedMigration applied(Migration migration, State state) {
        Optional<ReleaseVersion> release = migration instanceof VersionedMigration versioned
                ? Optional.of(versioned.name().release())
                : Optional.empty();
        boolean empty =
                migration.source() instanceof org.apache.cloudstack.framework.dbupgrade.migration.Source.Script script
                        && script.text().startsWith("--");
        return new AppliedMigration(migration.key(), migration.script(), release, migration.changeId(), state, empty);
    }
}
