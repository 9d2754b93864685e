package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Account;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.Expectations;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.SchemaFile;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.verify.ColumnOrder;
import org.apache.cloudstack.framework.dbupgrade.verify.IgnoredObjects;
import org.apache.cloudstack.framework.dbupgrade.verify.MalformedSnapshotException;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.apache.cloudstack.framework.dbupgrade.verify.SnapshotFile;
import org.apache.cloudstack.framework.dbupgrade.verify.Visibility;

/**
 * Compares databases with what their release should be; it only reads.
 *
 * @param planning what the code brings
 * @param expectations what the release should be
 */
public record Verifier(UpgradePlanner planning, Expectations expectations) {

    /** A schema that was compared with the snapshot of its release. */
    private record Comparison(boolean done, List<SchemaDifference> differences, List<Finding> findings) {}

    public Verification verify(Connection connection) throws SQLException {
        ComparedRelease standing = ComparedRelease.of(connection, planning);
        if (!standing.objections().isEmpty()) {
            return impossible(standing);
        }
        ReleaseVersion at = standing.release().orElseThrow();
        ReleaseGraph graph = planning.migrations().graph().with(at).orElseThrow();
        Optional<SchemaFile> file = expectations.snapshotFor(at, graph, planning.migrations());
        Comparison comparison = standing.isWhole()
                ? file.isPresent() ? compare(connection, file.get(), graph) : missing(at)
                : new Comparison(false, List.of(), List.of());
        QueryRun queries = new QueryRun(planning.settings());
        queries.run(connection, expectations.queriesFor(at, graph));
        if (planning.leases().isHeldElsewhere(connection)) {
            // an upgrade started meanwhile: what was seen is neither the old release nor the new one
            return impossible(ComparedRelease.of(connection, planning));
        }
        List<Finding> findings = new ArrayList<>(comparison.findings());
        findings.addAll(queries.findings());
        List<String> notes = new ArrayList<>(standing.notes());
        List<Verification.Ignored> ignored = ignored(comparison.differences());
        Set<SchemaDifference> others =
                ignored.stream().map(Verification.Ignored::difference).collect(Collectors.toSet());
        List<SchemaDifference> counting = comparison.differences().stream()
                .filter(difference -> !others.contains(difference))
                .toList();
        counting.stream()
                .filter(this::isNote)
                .map(order -> "The columns of " + order.object() + " are in another order than release " + at
                        + " makes: " + order.expected() + " there, " + order.found() + " here.")
                .forEach(notes::add);
        return new Verification(
                Optional.of(at),
                comparison.done(),
                counting.stream().filter(difference -> !isNote(difference)).toList(),
                ignored,
                queries.count(),
                queries.rowsFound(),
                findings,
                notes);
    }

    private List<Verification.Ignored> ignored(List<SchemaDifference> differences) {
        IgnoredObjects rules = IgnoredObjects.of(planning.settings().verifyIgnore());
        return differences.stream()
                .flatMap(difference ->
                        rules
                                .pattern(difference)
                                .map(pattern -> new Verification.Ignored(difference, pattern))
                                .stream())
                .toList();
    }

    private boolean isNote(SchemaDifference difference) {
        return difference.kind() == SchemaKind.COLUMN_ORDER
                && planning.settings().columnOrder() == ColumnOrder.NOTE;
    }

    /**
     * The schema that the databases have, as the snapshot of their release.
     *
     * @throws UpgradeRefusedException when they are not just at a release
     */
    public SnapshotFile snapshot(Connection connection) throws SQLException {
        ComparedRelease standing = ComparedRelease.of(connection, planning);
        if (!standing.objections().isEmpty()) {
            throw new UpgradeRefusedException(standing.objections(), null);
        }
        ReleaseVersion at = standing.release().orElseThrow();
        if (!standing.notes().isEmpty()) {
            String why = standing.notes().get(0).replaceFirst("\\.$", "");
            throw new UpgradeRefusedException(List.of(FindingCode.UPGRADE_UNFINISHED.about(first(), why)), null);
        }
        List<Finding> hidden =
                hidden(Visibility.of(connection, planning.settings().schemas()), connection);
        if (!hidden.isEmpty()) {
            throw new UpgradeRefusedException(hidden, null);
        }
        ReleaseGraph graph = planning.migrations().graph().with(at).orElseThrow();
        return new SnapshotFile(at, id(at, graph), present(connection));
    }

    private static List<Finding> hidden(Visibility visibility, Connection connection) throws SQLException {
        return visibility.isWhole()
                ? List.of()
                : List.of(FindingCode.SCHEMA_NOT_VISIBLE.about(
                        Account.of(connection).toString(),
                        visibility.hiddenKinds(),
                        String.join("; ", visibility.grants())));
    }

    private Comparison compare(Connection connection, SchemaFile file, ReleaseGraph graph) throws SQLException {
        try {
            SnapshotFile snapshot = SnapshotFile.parse(file.text());
            if (!snapshot.release().equals(file.release())) {
                throw new IOException("it is one of release " + snapshot.release());
            }
            List<String> schemas = planning.settings().schemas();
            SchemaSnapshot expected = snapshot.schema().named(schemas);
            requireFitting(expected, schemas);
            Visibility visibility = Visibility.of(connection, schemas);
            List<SchemaDifference> differences = present(connection).named(schemas).differencesFrom(expected).stream()
                    .filter(visibility::isCertain)
                    .toList();
            List<Finding> findings = new ArrayList<>(hidden(visibility, connection));
            ReleaseId id = id(file.release(), graph);
            if (!id.equals(snapshot.releaseId())) {
                findings.add(FindingCode.SNAPSHOT_OUTDATED.about(
                        file.path(), file.release(), snapshot.releaseId().abbreviated(), id.abbreviated()));
            }
            return new Comparison(!visibility.hidesTables(), differences, findings);
        } catch (MalformedSnapshotException e) {
            return unreadable(file, e.reason());
        } catch (IOException e) {
            return unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    private static void requireFitting(SchemaSnapshot expected, List<String> schemas) throws IOException {
        List<String> others = expected.databases().stream()
                .filter(name -> !schemas.contains(name))
                .toList();
        if (!others.isEmpty()) {
            throw new IOException("it is of the databases " + String.join(", ", expected.databases())
                    + ", and those of this upgrade are " + String.join(", ", schemas));
        }
    }

    private static Comparison missing(ReleaseVersion release) {
        List<Finding> findings =
                release.isNext() ? List.of() : List.of(FindingCode.SNAPSHOT_MISSING.about(release.toString()));
        return new Comparison(false, List.of(), findings);
    }

    private static Comparison unreadable(SchemaFile file, String reason) {
        return new Comparison(false, List.of(), List.of(FindingCode.SNAPSHOT_UNREADABLE.about(file.path(), reason)));
    }

    private SchemaSnapshot present(Connection connection) throws SQLException {
        return SchemaSnapshot.readLogical(connection, planning.settings().schemas());
    }

    private ReleaseId id(ReleaseVersion release, ReleaseGraph graph) {
        return Optional.ofNullable(planning.migrations().releaseIds(graph).get(release))
                .orElseThrow();
    }

    private String first() {
        return planning.settings().schemas().get(0);
    }

    private static Verification impossible(ComparedRelease standing) {
        return new Verification(
                standing.release(), false, List.of(), List.of(), 0, List.of(), standing.objections(), standing.notes());
    }
}
