package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.HalfDone;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.ContractWatermark;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.NodeTable;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlEffectProbe;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalRow;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ResumePoint;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.RestoreInProgress;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.AppliedMigration;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.DatabaseState;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.plan.HistoryRow;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Reads what the databases have: the journal if there is one, else the traces of other software. */
public final class StateReader {

    private static final int TABLES_SHOWN = 3;
    private static final Set<String> OWN_TABLES =
            Set.of(Leases.TABLE, FlywayHistory.TABLE, NodeTable.TABLE, ContractWatermark.TABLE);

    private final List<String> schemaNames;
    private final Schemas schemas;
    private final Journal journal;
    private final ContractWatermark mark;
    private final FlywayHistory history;
    private final VersionTable versionTable;
    private final Map<String, Migration> migrations = new LinkedHashMap<>();
    private final DdlEffectProbe effects;

    StateReader(List<String> schemaNames, Migrations migrations, DdlEffectProbe effects) {
        String first = schemaNames.get(0);
        this.schemaNames = schemaNames;
        this.schemas = new Schemas(schemaNames);
        this.journal = new Journal(first);
        this.mark = new ContractWatermark(first);
        this.history = new FlywayHistory(first);
        this.versionTable = new VersionTable(first);
        this.effects = effects;
        Stream.concat(migrations.versioned().stream(), migrations.repeatables().stream())
                .forEach(migration -> this.migrations.put(migration.key(), migration));
    }

    DatabaseState read(Connection connection) throws SQLException {
        String first = schemaNames.get(0);
        if (RestoreInProgress.isThere(connection, first)) {
            // of half-restored records nothing can be believed, and any table may be missing
            return new DatabaseState.Unusable(FindingCode.RESTORE_UNFINISHED.about(first));
        }
        List<TableName> tables = schemas.tables(connection);
        Map<String, JournalRow> rows = rows(connection, tables);
        DatabaseState state = rows.isEmpty() ? unmanaged(connection, tables) : managed(connection, rows, tables);
        if (has(tables, FlywayHistory.TABLE)) {
            for (HistoryRow row : history.rows(connection)) {
                if (!rows.containsKey(row.key())) {
                    return new DatabaseState.Unusable(
                            FindingCode.HISTORY_FOREIGN.about(history.toString(), row.script()), Optional.of(state));
                }
            }
        }
        return state;
    }

    private Map<String, JournalRow> rows(Connection connection, List<TableName> tables) throws SQLException {
        return has(tables, Journal.JOURNAL_TABLE) ? journal.rows(connection) : Map.of();
    }

    /** What an earlier upgrade started and did not complete, while none is under way. */
    List<HalfDone> halfDone(Connection connection) throws SQLException {
        return new Unfinished(migrations.values())
                .among(rows(connection, schemas.tables(connection)).values());
    }

    /** What Flyway's history holds; empty where there is none. */
    List<HistoryRow> history(Connection connection) throws SQLException {
        return has(schemas.tables(connection), FlywayHistory.TABLE) ? history.rows(connection) : List.of();
    }

    private boolean has(List<TableName> tables, String name) {
        return tables.contains(new TableName(schemaNames.get(0), name));
    }

    private DatabaseState managed(Connection connection, Map<String, JournalRow> rows, List<TableName> tables)
            throws SQLException {
        List<AppliedMigration> applied = new ArrayList<>();
        Optional<Finding> unclear = Optional.empty();
        for (JournalRow row : rows.values()) {
            unclear = unclear.isPresent() ? unclear : unclear(connection, row);
            applied.add(new AppliedMigration(
                    row.key(),
                    row.script(),
                    ReleaseVersion.tryParse(row.release()),
                    row.changeId(),
                    stateOf(row),
                    row.isEmpty()));
        }
        NavigableSet<ReleaseVersion> reached = journal.reached(connection);
        // an upgrade that knew no mark did not look at older nodes
        Optional<ReleaseVersion> contracted =
                mark.read(connection).or(() -> reached.isEmpty() ? Optional.empty() : Optional.of(reached.last()));
        DatabaseState.Managed managed = new DatabaseState.Managed(applied, reached, contracted);
        unclear = unclear.isPresent() || reached.isEmpty() ? unclear : lost(connection, tables, reached.last());
        return unclear.<DatabaseState>map(finding -> new DatabaseState.Unusable(finding, Optional.of(managed)))
                .orElse(managed);
    }

    /** Where nothing is pending, nobody would notice. */
    private Optional<Finding> lost(Connection connection, List<TableName> tables, ReleaseVersion release)
            throws SQLException {
        Set<String> present = tables.stream().map(TableName::schema).collect(Collectors.toSet());
        return present.containsAll(schemaNames)
                ? Optional.empty()
                : UpgradePreconditions.lost(schemaNames, schemas.missing(connection), release).stream()
                        .findFirst();
    }

    private static AppliedMigration.State stateOf(JournalRow row) {
        return switch (row.state()) {
            case DONE -> AppliedMigration.State.DONE;
            case RECORDED -> AppliedMigration.State.RECORDED;
            case RUNNING, FAILED -> AppliedMigration.State.FAILED;
        };
    }

    private Optional<Finding> unclear(Connection connection, JournalRow row) throws SQLException {
        Migration migration = migrations.get(row.key());
        boolean isHalfDone = row.state() == JournalRow.State.RUNNING
                || !row.session().volatiles().isEmpty();
        if (!isHalfDone || migration == null || !(migration.source() instanceof Source.Script)) {
            return Optional.empty();
        }
        return ResumePoint.of(connection, migration, row, migration.statements(), effects)
                .objection();
    }

    private DatabaseState unmanaged(Connection connection, List<TableName> tables) throws SQLException {
        List<TableName> foreign =
                tables.stream().filter(table -> !isOwn(table.name())).toList();
        if (foreign.isEmpty()) {
            return new DatabaseState.Empty();
        }
        if (!has(tables, VersionTable.NAME) || !versionTable.exists(connection, schemas)) {
            return unknownOrigin(foreign);
        }
        Optional<String> unfinished = versionTable.unfinished(connection);
        Optional<String> complete = versionTable.newestComplete(connection);
        if (unfinished.isPresent()) {
            return new DatabaseState.Unusable(
                    FindingCode.LEGACY_UPGRADE_UNFINISHED.about(versionTable.toString(), unfinished.get()),
                    complete.map(this::legacy));
        }
        if (complete.isEmpty()) {
            return unknownOrigin(foreign);
        }
        return legacy(complete.get());
    }

    private DatabaseState legacy(String version) {
        try {
            return new DatabaseState.Legacy(ReleaseVersion.ofBuild(version), versionTable.toString());
        } catch (IllegalArgumentException e) {
            return new DatabaseState.Unusable(FindingCode.LEGACY_RELEASE_UNKNOWN.about(
                    versionTable.toString(),
                    version,
                    "which is no release version",
                    "a release with three parts",
                    "The table " + versionTable));
        }
    }

    private static boolean isOwn(String table) {
        return Journal.TABLES.contains(table) || OWN_TABLES.contains(table);
    }

    private DatabaseState unknownOrigin(List<TableName> tables) {
        String some =
                tables.stream().limit(TABLES_SHOWN).map(TableName::toString).collect(Collectors.joining(", "));
        String more = tables.size() > TABLES_SHOWN ? ", …" : "";
        return new DatabaseState.UnknownOrigin(String.join(", ", schemaNames), tables.size() + ": " + some + more);
    }
}
