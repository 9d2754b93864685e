package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * What an annotation asks for.
 *
 * @param settings the migrations and the databases
 * @param pairs whether each release is upgraded to each later one
 * @param lint whether the rules are checked
 * @param data a script; empty for none
 * @param dataAt the release it is put into; empty for the first
 * @param ignoring tables and columns that are not compared
 * @param snapshots the directory whose snapshots are made again; empty where they are compared with
 */
record Selection(
        UpgradeSettings settings,
        boolean pairs,
        boolean lint,
        String data,
        String dataAt,
        Set<String> ignoring,
        Optional<Path> snapshots) {

    static Selection of(UpgradePaths annotation, UpgradeSettings around, Optional<Path> snapshots) {
        UpgradeSettings settings = around;
        if (annotation.locations().length > 0) {
            settings = settings.withLocations(annotation.locations());
        }
        if (annotation.schemas().length > 0) {
            settings = settings.withSchemas(annotation.schemas());
        }
        return new Selection(
                settings,
                annotation.pairs(),
                annotation.lint(),
                annotation.data(),
                annotation.dataAt(),
                Set.of(annotation.ignoring()),
                snapshots);
    }

    /** The ways that have to be there, in the order in which they are walked. */
    List<UpgradePath> ways(WaysThroughGraph graph) {
        Collection<UpgradePath> ways = new LinkedHashSet<>(graph.ofEmptyDatabases());
        if (pairs) {
            ways.addAll(graph.ofPairs());
        }
        if (!data.isEmpty()) {
            ways.addAll(graph.ofData(dataAt.isEmpty() ? graph.oldest() : ReleaseVersion.of(dataAt)));
        }
        return WaysThroughGraph.inOrder(ways);
    }

    /** The ways that must not be there. */
    Set<UpgradePath> refused(WaysThroughGraph graph) {
        return pairs ? graph.refused() : Set.of();
    }
}
