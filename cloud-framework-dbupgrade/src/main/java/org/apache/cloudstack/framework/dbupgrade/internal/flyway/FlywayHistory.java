package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalRow;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.HistoryRow;
import org.jspecify.annotations.Nullable;

/** Flyway's history, which Flyway writes. Where it and the journal differ, as after an interruption, the journal is right. */
public final class FlywayHistory {

    /** The table's name. */
    public static final String TABLE = "flyway_schema_history";

    private final String schema;
    private final String table;

    /** The history in the given schema. */
    public FlywayHistory(String schema) {
        this.schema = schema;
        this.table = Identifier.quote(schema, TABLE);
    }

    private record Stored(int rank, @Nullable Integer checksum, HistoryRow row) {

        /** Whether it says that just this content of a migration was run. */
        boolean isOf(Migration migration) {
            return row.success()
                    && (!(migration instanceof RepeatableMigration)
                            || Objects.equals(checksum, migration.changeId().checksum()));
        }
    }

    /** All rows in the order they were written. */
    public List<HistoryRow> rows(Connection connection) throws SQLException {
        return stored(connection).stream().map(Stored::row).toList();
    }

    private List<Stored> stored(Connection connection) throws SQLException {
        List<Stored> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT installed_rank, checksum, version, script,"
                        + " CAST(installed_on AS CHAR), execution_time, success FROM " + table
                        + " ORDER BY installed_rank")) {
            while (found.next()) {
                String script = found.getString(4);
                String key = Optional.ofNullable(found.getString(3)).orElse(script.replaceFirst("\\.sql$", ""));
                HistoryRow row = new HistoryRow(key, script, found.getString(5), found.getInt(6), found.getBoolean(7));
                rows.add(new Stored(found.getInt(1), found.getObject(2, Integer.class), row));
            }
        }
        return rows;
    }

    /** Those of the migrations that the journal has and the history lacks, as when a node died between the two. */
    public List<Migration> lacking(Connection connection, Journal journal, Collection<Migration> migrations)
            throws SQLException {
        Map<String, JournalRow> rows = journal.rows(connection);
        List<Migration> applied = migrations.stream()
                .filter(migration -> Optional.ofNullable(rows.get(migration.key()))
                        .filter(row -> row.isApplied(migration))
                        .isPresent())
                .toList();
        if (!exists(connection)) {
            return applied;
        }
        Map<String, Stored> newest = newest(stored(connection));
        return applied.stream()
                .filter(migration -> Optional.ofNullable(newest.get(migration.key()))
                        .filter(stored -> stored.isOf(migration))
                        .isEmpty())
                .toList();
    }

    /** The newest success of each migration. */
    private static Map<String, Stored> newest(List<Stored> rows) {
        Map<String, Stored> newest = new HashMap<>();
        rows.stream()
                .filter(stored -> stored.row().success())
                .forEach(stored -> newest.put(stored.row().key(), stored));
        return newest;
    }

    /** Removes failures, and what it says of migrations that are to be executed; does not commit. */
    public void forget(Connection connection, Collection<Migration> planned) throws SQLException {
        if (!exists(connection)) {
            return;
        }
        List<Stored> rows = stored(connection);
        Map<String, Stored> newest = newest(rows);
        List<Stored> wrong = new ArrayList<>(
                rows.stream().filter(stored -> !stored.row().success()).toList());
        for (Migration migration : planned) {
            Stored stored = newest.get(migration.key());
            if (stored != null && stored.isOf(migration)) {
                wrong.add(stored);
            }
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE installed_rank = ?")) {
            for (Stored stored : wrong) {
                delete.setInt(1, stored.rank());
                delete.executeUpdate();
            }
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?")) {
            select.setString(1, schema);
            select.setString(2, TABLE);
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }

    @Override
    public String toString() {
        return table;
    }
}
