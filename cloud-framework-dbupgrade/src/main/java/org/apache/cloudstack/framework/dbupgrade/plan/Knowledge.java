package org.apache.cloudstack.framework.dbupgrade.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;

/** What is known of a database, looked up by key and by change. */
final class Knowledge {

    private final Map<String, AppliedRoutine> byKey = new HashMap<>();
    private final Set<ChangeId> changes = new HashSet<>();

    Knowledge(Collection<AppliedRoutine> applied) {
        for (AppliedRoutine routine : applied) {
            byKey.put(routine.key(), routine);
            if (routine.isDone() && routine.release().isPresent()) {
                changes.add(routine.changeId());
            }
        }
    }

    List<AppliedRoutine> ofReleases() {
        return byKey.values().stream()
                .filter(each -> each.release().isPresent())
                .toList();
    }

    /** Whether the database remembers this migration, with this content or with one that it supersedes. */
    boolean has(Migration migration) {
        AppliedRoutine routine = byKey.get(migration.key());
        return routine != null && routine.isDone();
    }

    /** Whether the same change is in the database, by whatever name. */
    boolean hasChangeOf(Migration migration) {
        return changes.contains(migration.changeId())
                || migration.directives().supersedes().keySet().stream().anyMatch(changes::contains);
    }

    boolean isHalfDone(Migration migration) {
        AppliedRoutine routine = byKey.get(migration.key());
        return routine != null && !routine.isDone();
    }

    boolean isCurrent(Repeatable repeatable) {
        AppliedRoutine last = byKey.get(repeatable.key());
        return last != null && last.isDone() && last.changeId().equals(repeatable.changeId());
    }
}
