package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.NavigableSet;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * A migration that runs again whenever its content changed, such as the definition of a view. It belongs to every release, unless
 * its author says from which one on, or until which.
 *
 * @param name its name after {@code R_}
 * @param source its text
 * @param changeId the identity of its content
 * @param directives what its author says about it
 */
public record RepeatableMigration(String name, Source.Script source, ChangeId changeId, Directives directives)
        implements Migration {

    @Override
    public String script() {
        return key() + ".sql";
    }

    @Override
    public String key() {
        return "R_" + name;
    }

    /** Whether it runs before the versioned migrations. */
    public boolean runsBefore() {
        return directives.when() == Directives.When.BEFORE;
    }

    /**
     * Whether it belongs to a release.
     *
     * @param contained the releases that this one contains, itself too
     * @param graph all releases
     */
    public boolean belongsTo(NavigableSet<ReleaseVersion> contained, ReleaseGraph graph) {
        return directives
                        .since()
                        .filter(since -> !reaches(contained, graph, since))
                        .isEmpty()
                && directives
                        .until()
                        .filter(until -> reaches(contained, graph, until))
                        .isEmpty();
    }

    /** A release that the graph does not have, as it brings no migration, is between those with the versions around it. */
    private static boolean reaches(NavigableSet<ReleaseVersion> contained, ReleaseGraph graph, ReleaseVersion release) {
        return graph.releases().contains(release)
                ? contained.contains(release)
                : !contained.isEmpty() && contained.last().compareTo(release) >= 0;
    }

    @Override
    public String toString() {
        return script();
    }
}
