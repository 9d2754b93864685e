package org.apache.cloudstack.framework.dbupgrade.git;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.SourceMigration;

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

    static List<Backport> among(Collection<TaggedRelease> releases) {
        Map<ChangeId, List<SourceMigration>> byChange = new LinkedHashMap<>();
        releases.stream().flatMap(release -> release.own().stream()).forEach(migration -> migration
                .changeId()
                .ifPresent(id ->
                        byChange.computeIfAbsent(id, key -> new ArrayList<>()).add(migration)));
        return byChange.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                                .map(each -> each.name().release())
                                .distinct()
                                .count()
                        > 1)
                .map(entry -> new Backport(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public String toString() {
        return migrations.stream().map(SourceMigration::file).collect(Collectors.joining(" = "));
    }
}
