package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Changes;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.RunOnce;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** What is known of a database, looked up by key and by change. */
final class AppliedMigrations {

    private static final Comparator<AppliedMigration> BY_PLACE = Comparator.comparing(
                    (AppliedMigration each) -> each.release().orElse(ReleaseVersion.NEXT))
            .thenComparing(
                    each -> Integer.parseInt(each.key().substring(each.key().lastIndexOf('.') + 1)));

    private final Changes known;
    private final Map<String, AppliedMigration> byKey = new HashMap<>();
    private final Map<String, RunOnce> changeByKey = new HashMap<>();
    private final Set<RunOnce> changes = new HashSet<>();

    /** Compares what was applied with what the code says is one change. */
    AppliedMigrations(Changes known, Collection<AppliedMigration> applied) {
        this.known = known;
        applied.forEach(migration -> byKey.put(migration.key(), migration));
        Map<ChangeId, Integer> times = new HashMap<>();
        ofReleases().stream().filter(AppliedMigration::isDone).sorted(BY_PLACE).forEach(migration -> {
            RunOnce change = change(migration, times);
            changeByKey.put(migration.key(), change);
            changes.add(change);
            // another content at the same place is superseded, or else refused
            known.of(migration.key()).ifPresent(changes::add);
        });
    }

    /** At a place that the code does not know, what was run counts again, and what was only recorded does not. */
    private RunOnce change(AppliedMigration migration, Map<ChangeId, Integer> times) {
        int before = times.getOrDefault(migration.changeId(), 0);
        int counted = migration.state() == AppliedMigration.State.RECORDED ? Math.max(before, 1) : before + 1;
        RunOnce change = known.of(migration.key())
                .filter(same -> same.content().equals(migration.changeId()))
                .orElseGet(() -> new RunOnce(migration.changeId(), counted));
        times.merge(migration.changeId(), change.time(), Math::max);
        return change;
    }

    /** What the code says is one change. */
    Changes known() {
        return known;
    }

    List<AppliedMigration> ofReleases() {
        return byKey.values().stream()
                .filter(each -> each.release().isPresent())
                .toList();
    }

    /** What a migration that is done is. */
    RunOnce changeOf(AppliedMigration done) {
        return Optional.ofNullable(changeByKey.get(done.key())).orElseGet(() -> new RunOnce(done.changeId(), 1));
    }

    /** Whether the database remembers this migration, with this content or with one that it supersedes. */
    boolean has(VersionedMigration migration) {
        AppliedMigration applied = byKey.get(migration.key());
        return applied != null && applied.isDone();
    }

    /** Whether the same change is in the database, by whatever name. */
    boolean hasChangeOf(VersionedMigration migration) {
        return known.of(migration).filter(changes::contains).isPresent()
                || !migration.directives().supersedes().isEmpty()
                        && ofReleases().stream().anyMatch(each -> each.isDone() && isSuperseded(each, migration));
    }

    private boolean isSuperseded(AppliedMigration migration, VersionedMigration by) {
        return by.directives().supersedes().containsKey(migration.changeId())
                && (known.of(migration.key()).isEmpty()
                        || migration.key().equals(by.key())
                        || known.areParallel(
                                migration.release().orElseThrow(), by.name().release()));
    }

    boolean isHalfDone(VersionedMigration migration) {
        AppliedMigration applied = byKey.get(migration.key());
        return applied != null && !applied.isDone();
    }

    boolean isCurrent(RepeatableMigration repeatable) {
        AppliedMigration last = byKey.get(repeatable.key());
        return last != null && last.isDone() && last.changeId().equals(repeatable.changeId());
    }
}
