package org.apache.cloudstack.framework.dbupgrade.releases;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * What git knows of one release.
 *
 * @param tag its tag
 * @param ancestors the releases whose tags are ancestors of its own, without itself
 * @param carried the migrations in the tree of its tag, its own and those of other releases, by their places
 * @param identities what the carried ones are, whatever their places
 */
record TaggedRelease(
        ReleaseTag tag,
        NavigableSet<ReleaseVersion> ancestors,
        NavigableMap<MigrationName, SourceMigration> carried,
        Set<String> identities) {

    static TaggedRelease of(
            ReleaseTag tag,
            NavigableSet<ReleaseVersion> ancestors,
            NavigableMap<MigrationName, SourceMigration> carried) {
        Set<String> identities =
                carried.values().stream().map(SourceMigration::identity).collect(Collectors.toUnmodifiableSet());
        return new TaggedRelease(tag, ancestors, carried, identities);
    }

    ReleaseVersion version() {
        return tag.version();
    }

    /** The migrations that the release introduces. */
    List<SourceMigration> own() {
        return carried.values().stream()
                .filter(each -> each.name().release().equals(version()))
                .toList();
    }

    /** The releases that it contains by ancestry; a higher one is never contained. */
    NavigableSet<ReleaseVersion> lowerAncestors() {
        return ancestors.headSet(version(), false);
    }

    boolean descendsFrom(TaggedRelease other) {
        return lowerAncestors().contains(other.version());
    }

    /** Whether the same content is in its tree, at whatever place. */
    boolean carriesContent(SourceMigration migration) {
        return identities.contains(migration.identity());
    }

    /** Whether its tree has the same content at the same place. */
    boolean carriesUnchanged(SourceMigration migration) {
        SourceMigration present = carried.get(migration.name());
        return present != null && present.identity().equals(migration.identity());
    }

    boolean carriesAllUnchanged(Collection<SourceMigration> migrations) {
        return migrations.stream().allMatch(this::carriesUnchanged);
    }

    /** Whether it was made after the other one; of two made in one second the higher one was. */
    boolean isMadeAfter(TaggedRelease other) {
        Instant time = tag.time();
        int order = time.compareTo(other.tag.time());
        return order > 0 || order == 0 && version().isAfter(other.version());
    }
}
