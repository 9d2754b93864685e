package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * All that was found in the locations.
 *
 * @param versioned the migrations of all releases, by release and sequence
 * @param repeatables the repeatables, by name
 */
public record Migrations(List<Migration> versioned, List<Repeatable> repeatables) {

    public Migrations {
        versioned = versioned.stream().sorted(Comparator.comparing(Migration::name)).toList();
        repeatables = repeatables.stream()
                .sorted(Comparator.comparing(Repeatable::name))
                .toList();
    }

    /** The releases that bring at least one migration, in ascending order. */
    public Collection<ReleaseVersion> releases() {
        TreeSet<ReleaseVersion> releases = new TreeSet<>();
        versioned.forEach(migration -> releases.add(migration.name().release()));
        return releases;
    }

    /** The repeatables that run before, or after, the versioned migrations. */
    public List<Repeatable> repeatables(boolean before) {
        return repeatables.stream().filter(each -> each.runsBefore() == before).toList();
    }
}
