package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Reads tables from {@code information_schema}. */
final class CatalogReader {

    private static final String TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = ?"
            + " AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')";
    private static final String COLUMNS = "SELECT table_name, column_name, data_type, column_type, is_nullable,"
            + " column_default, extra, generation_expression, character_set_name, character_maximum_length,"
            + " numeric_precision, numeric_scale, datetime_precision, %s"
            + " FROM information_schema.columns WHERE table_schema = ? ORDER BY table_name, ordinal_position";
    private static final String UNIQUE = "SELECT table_name, index_name, column_name, sub_part"
            + " FROM information_schema.statistics WHERE table_schema = ? AND non_unique = 0"
            + " ORDER BY table_name, index_name, seq_in_index";
    private static final String FOREIGN = "SELECT table_name, constraint_name, column_name, referenced_table_schema,"
            + " referenced_table_name, referenced_column_name FROM information_schema.key_column_usage"
            + " WHERE table_schema = ? AND referenced_table_name IS NOT NULL"
            + " ORDER BY table_name, constraint_name, ordinal_position";
    private static final String CHECKS_OF_MYSQL = "SELECT t.table_name, c.constraint_name, c.check_clause"
            + " FROM information_schema.table_constraints t JOIN information_schema.check_constraints c"
            + " ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name"
            + " WHERE t.table_schema = ? AND t.constraint_type = 'CHECK' AND t.enforced = 'YES'"
            + " ORDER BY t.table_name, c.constraint_name";
    private static final String CHECKS_OF_MARIADB = "SELECT table_name, constraint_name, check_clause"
            + " FROM information_schema.check_constraints WHERE constraint_schema = ?"
            + " ORDER BY table_name, constraint_name";

    private final JdbcClient jdbc;
    private final boolean mariaDb;

    private CatalogReader(JdbcClient jdbc, boolean mariaDb) {
        this.jdbc = jdbc;
        this.mariaDb = mariaDb;
    }

    static Catalog read(Connection connection, List<String> schemas) throws SQLException {
        boolean mariaDb = DatabaseServer.of(connection).product() == ServerProduct.MARIADB;
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        CatalogReader reader = new CatalogReader(jdbc, mariaDb);
        Map<TableId, Table> tables = new HashMap<>();
        Set<String> read = new HashSet<>();
        Set<String> next = new LinkedHashSet<>(schemas);
        while (!next.isEmpty()) {
            for (String schema : next) {
                reader.tables(schema).forEach(table -> tables.put(table.id(), table));
                read.add(schema);
            }
            next = new LinkedHashSet<>();
            for (Table table : tables.values()) {
                for (ForeignKey key : table.foreignKeys()) {
                    next.add(key.parent().schema());
                }
            }
            next.removeAll(read);
        }
        return Catalog.of(schemas, tables);
    }

    private List<Table> tables(String schema) {
        Map<String, List<Check>> checks = byTable(
                mariaDb ? CHECKS_OF_MARIADB : CHECKS_OF_MYSQL,
                schema,
                row -> new Check(row.getString(2), row.getString(3)));
        Map<String, List<Column>> columns =
                byTable(COLUMNS.formatted(mariaDb ? "NULL" : "srs_id"), schema, row -> column(row, checks));
        Map<String, List<UniqueKey>> unique = uniqueKeys(schema);
        Map<String, List<ForeignKey>> foreign = foreignKeys(schema);
        return jdbc.sql(TABLES).param(schema).query(String.class).list().stream()
                .map(name -> new Table(
                        new TableId(schema, name),
                        columns.getOrDefault(name, List.of()),
                        unique.getOrDefault(name, List.of()),
                        foreign.getOrDefault(name, List.of()),
                        checks.getOrDefault(name, List.of()).stream()
                                .map(check -> check.name() + ": " + check.clause())
                                .toList()))
                .toList();
    }

    private Column column(ResultSet row, Map<String, List<Check>> checks) throws SQLException {
        String name = row.getString(2);
        String extra = text(row, 7).toLowerCase(Locale.ROOT);
        boolean json = checks.getOrDefault(row.getString(1), List.of()).stream()
                .anyMatch(check -> check.clause().equalsIgnoreCase("json_valid(`" + name + "`)"));
        String type = json ? "json" : row.getString(3).toLowerCase(Locale.ROOT);
        Optional<String> value = defaultOf(text(row, 6), row.getString(6) != null, extra);
        boolean hasDefault =
                row.getString(6) != null && !(mariaDb && text(row, 6).equalsIgnoreCase("NULL"));
        long srid = row.getLong(14);
        return new Column(
                name,
                type,
                row.getString(4),
                row.getString(5).equals("YES"),
                value.orElse(null),
                hasDefault,
                extra.contains("auto_increment"),
                !text(row, 8).isEmpty(),
                text(row, 9),
                row.getLong(10),
                row.getInt(11),
                row.getString(12) == null ? -1 : row.getInt(12),
                row.getInt(13),
                row.getString(14) == null ? null : srid);
    }

    /** MariaDB quotes strings and shows expressions as they are; MySQL marks expressions beside. */
    private Optional<String> defaultOf(String text, boolean present, String extra) {
        if (!present || text.startsWith("0000-") || text.startsWith("'0000-") || text.startsWith("b'")) {
            return Optional.empty();
        }
        if (!mariaDb) {
            return extra.contains("default_generated") ? Optional.empty() : Optional.of(text);
        }
        if (text.startsWith("'")) {
            return Optional.of(text.substring(1, text.length() - 1).replace("''", "'"));
        }
        return Optional.of(text).filter(number -> number.matches("-?\\d+(\\.\\d+)?"));
    }

    private Map<String, List<UniqueKey>> uniqueKeys(String schema) {
        record Row(String key, UniqueKey.Part part) {}
        Map<String, List<UniqueKey>> keys = new HashMap<>();
        byTable(UNIQUE, schema, row -> new Row(row.getString(2), new UniqueKey.Part(text(row, 3), row.getLong(4))))
                .forEach((table, rows) -> {
                    Map<String, List<UniqueKey.Part>> parts = new LinkedHashMap<>();
                    rows.forEach(row -> parts.computeIfAbsent(row.key(), any -> new ArrayList<>())
                            .add(row.part()));
                    List<UniqueKey> its = new ArrayList<>();
                    parts.forEach((name, all) -> its.add(new UniqueKey(name, all)));
                    keys.put(table, its);
                });
        return keys;
    }

    private Map<String, List<ForeignKey>> foreignKeys(String schema) {
        record Row(String key, String column, TableId parent, String referenced) {}
        Map<String, List<ForeignKey>> keys = new HashMap<>();
        byTable(
                        FOREIGN,
                        schema,
                        row -> new Row(
                                row.getString(2),
                                row.getString(3),
                                new TableId(row.getString(4), row.getString(5)),
                                row.getString(6)))
                .forEach((table, rows) -> {
                    Map<String, List<Row>> parts = new LinkedHashMap<>();
                    rows.forEach(row -> parts.computeIfAbsent(row.key(), any -> new ArrayList<>())
                            .add(row));
                    List<ForeignKey> its = new ArrayList<>();
                    parts.forEach((name, all) -> its.add(new ForeignKey(
                            name,
                            new TableId(schema, table),
                            all.stream().map(Row::column).toList(),
                            all.get(0).parent(),
                            all.stream().map(Row::referenced).toList())));
                    keys.put(table, its);
                });
        return keys;
    }

    private <T> Map<String, List<T>> byTable(String query, String schema, RowReader<T> reader) {
        Map<String, List<T>> found = new HashMap<>();
        jdbc.sql(query).param(schema).query(row -> {
            found.computeIfAbsent(row.getString(1), any -> new ArrayList<>()).add(reader.read(row));
        });
        return found;
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private record Check(String name, String clause) {}

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
