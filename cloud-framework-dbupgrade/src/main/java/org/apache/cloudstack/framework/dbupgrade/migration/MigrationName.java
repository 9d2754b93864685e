package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.Comparator;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * What a migration's name says: {@code V_<version>_<sequence>[__<description>]}. Two names with one release and one
 * sequence are the same place, whatever their description.
 *
 * @param release the release that introduces the migration
 * @param sequence its place in that release
 * @param description the words after {@code __}, with blanks for underscores; may be empty
 */
public record MigrationName(ReleaseVersion release, Sequence sequence, String description)
        implements Comparable<MigrationName> {

    private static final Comparator<MigrationName> BY_PLACE =
            Comparator.comparing(MigrationName::release).thenComparing(MigrationName::sequence);

    /** The name in messages and commands: {@code 4.1.0_A}. */
    public String place() {
        return release + "_" + sequence;
    }

    /**
     * What makes a class a change of its own: its place. Places of the release that is not cut yet are taken again and
     * again, so the description counts there.
     */
    public String identity() {
        return release.isNext() && !description.isEmpty() ? place() + "__" + description.replace(' ', '_') : place();
    }

    /** The version on Flyway's timeline: {@code <major>.<minor>.<patch>.<hotfix>.<sequence>}. */
    public String timelineVersion() {
        return release.major() + "." + release.minor() + "." + release.patch() + "." + release.hotfix() + "."
                + sequence.ordinal();
    }

    @Override
    public int compareTo(MigrationName other) {
        return BY_PLACE.compare(this, other);
    }

    @Override
    public String toString() {
        return description.isEmpty() ? place() : place() + " " + description;
    }
}
