package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.execute.Journal;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what an upgrade left behind. */
final class EndingReader {

    private static final String COLUMNS = """
            SELECT c.table_schema, c.table_name, c.column_name
            FROM information_schema.columns c JOIN information_schema.tables t
              ON t.table_schema = c.table_schema AND t.table_name = c.table_name
            WHERE t.table_type = 'BASE TABLE' AND c.table_schema IN (:schemas)
              AND t.table_name NOT LIKE 'dbupgrade\\_%' AND t.table_name <> :history
            ORDER BY 1, 2, 3""";
    private static final String COUNTED = """
            SELECT CONCAT(table_schema, '.', table_name, '.', column_name) FROM information_schema.columns
            WHERE table_schema IN (:schemas) AND extra LIKE '%auto_increment%'""";
    private static final String REFERENCES = """
            SELECT CONCAT(table_schema, '.', table_name, '.', column_name),
                   CONCAT(referenced_table_schema, '.', referenced_table_name, '.', referenced_column_name)
            FROM information_schema.key_column_usage
            WHERE table_schema IN (:schemas) AND referenced_table_name IS NOT NULL""";
    private static final String OF_JOURNAL =
            "SELECT script, CONCAT_WS(' ', state, statements_done, 'of', statements_total, change_id) FROM ";
    private static final String OF_HISTORY =
            "SELECT CONCAT(script, ' in Flyway''s history'), GROUP_CONCAT(CONCAT_WS(' ', version, checksum, success)"
                    + " ORDER BY version, checksum) FROM ";

    private final MigratedDatabase database;
    private final String first;
    private final Set<String> ignored;

    /** A table with its columns. */
    private record Table(String schema, String name, Set<String> columns) {

        String fullName() {
            return schema + "." + name;
        }
    }

    /**
     * Reads all databases of the upgrade.
     *
     * @param ignored columns that are not compared, written {@code cloud.event.created}
     */
    EndingReader(MigratedDatabase database, Set<String> ignored) {
        this.database = database;
        this.first = database.schemas().get(0);
        this.ignored = new TreeSet<>(ignored);
        // the time at which a release was complete
        this.ignored.add(first + "." + VersionTable.NAME + ".updated");
    }

    Ending read() {
        return new Ending(database.schema(), contents(), records());
    }

    private SortedMap<String, TableContents> contents() {
        Set<String> ids = ids();
        SortedMap<String, TableContents> contents = new TreeMap<>();
        tables().forEach(table -> contents.put(table.fullName(), contents(table, ids)));
        return contents;
    }

    private Iterable<Table> tables() {
        Map<String, Table> tables = new LinkedHashMap<>();
        query(COLUMNS).param("history", FlywayHistory.TABLE).query((ResultSet found) -> {
            Table table = new Table(found.getString(1), found.getString(2), new LinkedHashSet<>());
            String column = found.getString(3);
            Table known = tables.computeIfAbsent(table.fullName(), name -> table);
            if (!ignored.contains(table.fullName() + "." + column)) {
                known.columns().add(column);
            }
        });
        return tables.values();
    }

    /** Columns of which the server gives out the values, and those that refer to them. */
    private Set<String> ids() {
        Set<String> counted = new TreeSet<>(query(COUNTED).query(String.class).list());
        Set<String> ids = new TreeSet<>(counted);
        query(REFERENCES).query((ResultSet found) -> {
            if (counted.contains(found.getString(2))) {
                ids.add(found.getString(1));
            }
        });
        return ids;
    }

    private JdbcClient.StatementSpec query(String sql) {
        return database.jdbc().sql(sql).param("schemas", database.schemas());
    }

    private TableContents contents(Table table, Set<String> ids) {
        List<String> columns = List.copyOf(table.columns());
        List<String> without = columns.stream()
                .filter(column -> !ids.contains(table.fullName() + "." + column))
                .toList();
        StringBuilder sql = new StringBuilder("SELECT COUNT(*), " + sumOf(columns) + ", " + sumOf(without));
        columns.forEach(column -> sql.append(", SUM(").append(checksum(column)).append(')'));
        sql.append(" FROM ").append(Identifier.quote(table.schema(), table.name()));
        return database.jdbc()
                .sql(sql.toString())
                .query((found, number) -> contents(found, columns))
                .single();
    }

    private static TableContents contents(ResultSet found, List<String> columns) throws SQLException {
        Map<String, String> sums = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            sums.put(columns.get(i), String.valueOf(found.getString(i + 4)));
        }
        return new TableContents(
                found.getLong(1), String.valueOf(found.getString(2)), String.valueOf(found.getString(3)), sums);
    }

    /** Over rows, each with the checksums of its columns. */
    private static String sumOf(List<String> columns) {
        List<String> parts = columns.stream()
                .map(column -> "COALESCE(" + checksum(column) + ", '-')")
                .toList();
        return parts.isEmpty() ? "0" : "SUM(CRC32(CONCAT_WS('|', " + String.join(", ", parts) + ")))";
    }

    private static String checksum(String column) {
        return "CRC32(CAST(" + Identifier.quote(column) + " AS BINARY))";
    }

    private SortedMap<String, String> records() {
        SortedMap<String, String> records = new TreeMap<>();
        read(records, OF_JOURNAL + Identifier.quote(first, Journal.JOURNAL_TABLE));
        read(records, OF_HISTORY + Identifier.quote(first, FlywayHistory.TABLE) + " GROUP BY script");
        read(
                records,
                "SELECT CONCAT('release ', release_version), release_id FROM "
                        + Identifier.quote(first, "dbupgrade_release"));
        read(
                records,
                "SELECT CONCAT('checkpoint ', checkpoint_key), routine FROM "
                        + Identifier.quote(first, "dbupgrade_checkpoint"));
        return records;
    }

    private void read(Map<String, String> records, String sql) {
        database.jdbc().sql(sql).query((ResultSet found) -> {
            records.put(found.getString(1), found.getString(2));
        });
    }
}
