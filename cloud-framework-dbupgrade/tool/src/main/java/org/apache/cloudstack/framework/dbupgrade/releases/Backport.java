package org.apache.cloudstack.framework.dbupgrade.releases;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;

/**
 * One change that several releases brought, each under a name of its own. That is as it should be: a database runs it once.
 *
 * @param changeId the change
 * @param migrations it in each of the releases, in ascending order
 */
public record Backport(ChangeId changeId, List<SourceMigration> migrations) {

    public Backport {
        migrations = List.copyOf(migrations);
    }

    /** Contents that releases brought of which none descends from the other; a release that descends means them again. */
    static List<Backport> among(Collection<TaggedRelease> releases) {
        Map<ChangeId, Map<SourceMigration, TaggedRelease>> byContent = new LinkedHashMap<>();
        for (TaggedRelease release : releases) {
            for (SourceMigration migration : release.own()) {
                migration.changeId().ifPresent(id -> byContent
                        .computeIfAbsent(id, key -> new LinkedHashMap<>())
                        .put(migration, release));
            }
        }
        return byContent.entrySet().stream()
                .map(entry -> new Backport(entry.getKey(), parallel(entry.getValue())))
                .filter(backport -> !backport.migrations().isEmpty())
                .toList();
    }

    private static List<SourceMigration> parallel(Map<SourceMigration, TaggedRelease> equal) {
        return equal.entrySet().stream()
                .filter(one -> equal.values().stream().anyMatch(other -> areParallel(one.getValue(), other)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean areParallel(TaggedRelease one, TaggedRelease other) {
        return !one.equals(other) && !one.descendsFrom(other) && !other.descendsFrom(one);
    }

    @Override
    public String toString() {
        return migrations.stream().map(SourceMigration::file).collect(Collectors.joining(" = "));
    }
}
