package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * What databases should be, as files beside the migrations say; an upgrade has no use for it.
 *
 * @param snapshots the schema that a release makes, for those that carry a snapshot
 * @param queries the verification queries, by release and sequence
 */
public record Expectations(Map<ReleaseVersion, SchemaFile> snapshots, List<VerificationQuery> queries) {

    public Expectations {
        snapshots = Collections.unmodifiableMap(new TreeMap<>(snapshots));
        queries = queries.stream()
                .sorted(Comparator.comparing(VerificationQuery::name))
                .toList();
    }

    /**
     * The snapshot that holds for a release: its own, or where it brings no migration and follows one release alone, the one
     * which holds for that.
     *
     * @param release one of the graph
     */
    public Optional<SchemaFile> snapshotFor(ReleaseVersion release, ReleaseGraph graph, Migrations migrations) {
        ReleaseVersion current = release;
        while (!snapshots.containsKey(current)
                && !migrations.byRelease().containsKey(current)
                && graph.follows(current).size() == 1) {
            SortedSet<ReleaseVersion> follows = graph.follows(current);
            current = follows.first();
        }
        return Optional.ofNullable(snapshots.get(current));
    }

    /**
     * The queries that hold for a release.
     *
     * @param release one of the graph
     */
    public List<VerificationQuery> queriesFor(ReleaseVersion release, ReleaseGraph graph) {
        return queries.stream().filter(query -> query.holdsFor(release, graph)).toList();
    }
}
