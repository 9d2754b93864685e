package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.execute.Journal;
import org.apache.cloudstack.framework.dbupgrade.execute.JournalRow;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.plan.AppliedRoutine;
import org.apache.cloudstack.framework.dbupgrade.plan.DatabaseState;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.sql.ScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.StatementKind;

/** Reads what the databases have: the journal if there is one, else the traces of other software. */
final class StateReader {

    private static final int TABLES_SHOWN = 3;
    private static final Set<StatementKind> SAFE_TO_REPEAT =
            Set.of(StatementKind.DATA, StatementKind.SESSION, StatementKind.QUERY, StatementKind.BLOCK_BEGIN);

    private final List<String> schemaNames;
    private final Schemas schemas;
    private final Journal journal;
    private final FlywayHistory history;
    private final VersionTable versionTable;
    private final Map<String, Routine> routines = new HashMap<>();
    private final ScriptSplitter splitter;

    StateReader(List<String> schemaNames, Migrations migrations, ScriptSplitter splitter) {
        String first = schemaNames.get(0);
        this.schemaNames = schemaNames;
        this.schemas = new Schemas(schemaNames);
        this.journal = new Journal(first);
        this.history = new FlywayHistory(first);
        this.versionTable = new VersionTable(first);
        this.splitter = splitter;
        Stream.concat(migrations.versioned().stream(), migrations.repeatables().stream())
                .forEach(routine -> routines.put(routine.key(), routine));
    }

    DatabaseState read(Connection connection) throws SQLException {
        List<TableName> tables = schemas.tables(connection);
        Map<String, JournalRow> rows = has(tables, Journal.JOURNAL_TABLE) ? journal.rows(connection) : Map.of();
        if (has(tables, FlywayHistory.TABLE)) {
            for (FlywayHistory.Row row : history.rows(connection)) {
                if (!rows.containsKey(row.key())) {
                    return new DatabaseState.Unusable(
                            FindingCode.HISTORY_FOREIGN.about(history.toString(), row.script()));
                }
            }
        }
        return rows.isEmpty() ? unmanaged(connection, tables) : managed(connection, rows);
    }

    /** What Flyway's history holds; empty where there is none. */
    List<FlywayHistory.Row> history(Connection connection) throws SQLException {
        return has(schemas.tables(connection), FlywayHistory.TABLE) ? history.rows(connection) : List.of();
    }

    private boolean has(List<TableName> tables, String name) {
        return tables.contains(new TableName(schemaNames.get(0), name));
    }

    private DatabaseState managed(Connection connection, Map<String, JournalRow> rows) throws SQLException {
        List<AppliedRoutine> applied = new ArrayList<>();
        for (JournalRow row : rows.values()) {
            Optional<Finding> unclear = unclear(row);
            if (unclear.isPresent()) {
                return new DatabaseState.Unusable(unclear.get());
            }
            applied.add(new AppliedRoutine(
                    row.key(),
                    row.script(),
                    ReleaseVersion.tryParse(row.release()),
                    row.changeId(),
                    row.state().isInDatabase() ? AppliedRoutine.State.DONE : AppliedRoutine.State.FAILED,
                    row.isEmpty()));
        }
        return new DatabaseState.Managed(applied, journal.reached(connection));
    }

    /** Rows change together with their checkpoint, so only a definition that was under way is in doubt. */
    private Optional<Finding> unclear(JournalRow row) {
        Routine routine = routines.get(row.key());
        if (row.state() != JournalRow.State.RUNNING
                || routine instanceof Repeatable
                || routine == null
                || !(routine.source() instanceof Source.Script script)) {
            return Optional.empty();
        }
        List<SqlStatement> statements = splitter.split(routine.script(), script.text());
        if (row.statementsDone() >= statements.size()) {
            return Optional.empty();
        }
        SqlStatement next = statements.get(row.statementsDone());
        return SAFE_TO_REPEAT.contains(next.kind())
                ? Optional.empty()
                : Optional.of(FindingCode.MIGRATION_INTERRUPTED.about(
                        row.script(), next.number(), statements.size(), next.line()));
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
        if (unfinished.isPresent()) {
            return new DatabaseState.Unusable(
                    FindingCode.LEGACY_UPGRADE_UNFINISHED.about(versionTable.toString(), unfinished.get()));
        }
        Optional<String> complete = versionTable.newestComplete(connection);
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
                    versionTable.toString(), version, "which is no release version", "a release with three parts"));
        }
    }

    private static boolean isOwn(String table) {
        return table.equals(Journal.JOURNAL_TABLE)
                || table.equals(Journal.RELEASE_TABLE)
                || table.equals(FlywayHistory.TABLE);
    }

    private DatabaseState unknownOrigin(List<TableName> tables) {
        String some = tables.stream().limit(TABLES_SHOWN).map(TableName::toString).collect(Collectors.joining(", "));
        String more = tables.size() > TABLES_SHOWN ? ", …" : "";
        return new DatabaseState.UnknownOrigin(String.join(", ", schemaNames), tables.size() + ": " + some + more);
    }
}
