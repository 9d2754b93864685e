package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Expression;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/** What a server says of its tables and views, reported as the operations that would create them. */
public final class PresentSchema {

    private static final String TABLES =
            "SELECT table_name AS name, table_type AS kind, engine AS engine, table_collation AS collation_of"
                    + " FROM information_schema.tables WHERE table_schema = ?";

    private static final String COLUMNS =
            "SELECT table_name AS name, column_name AS column_of, column_type AS type, is_nullable AS is_nullable,"
                    + " column_default AS default_of, extra AS extra, collation_name AS collation_of,"
                    + " generation_expression AS expression, column_comment AS comment_of"
                    + " FROM information_schema.columns WHERE table_schema = ? ORDER BY table_name, ordinal_position";

    private static final String INDEXES =
            "SELECT table_name AS name, index_name AS index_of, non_unique AS doubles, column_name AS column_of,"
                    + " index_type AS kind, sub_part AS length_of"
                    + " FROM information_schema.statistics WHERE table_schema = ?"
                    + " ORDER BY table_name, index_name, seq_in_index";

    private static final String FOREIGN_KEYS =
            "SELECT table_name AS name, constraint_name AS key_of, referenced_table_name AS other,"
                    + " delete_rule AS on_delete, update_rule AS on_update"
                    + " FROM information_schema.referential_constraints WHERE constraint_schema = ?";

    private static final String CHECKS = "SELECT table_name AS name, constraint_name AS check_of"
            + " FROM information_schema.table_constraints WHERE table_schema = ? AND constraint_type = 'CHECK'";

    private final Connection connection;
    private final String schema;
    private final boolean mariaDb;

    private PresentSchema(Connection connection, String schema, boolean mariaDb) {
        this.connection = connection;
        this.schema = schema;
        this.mariaDb = mariaDb;
    }

    /**
     * Reads the databases; it changes nothing.
     *
     * @throws SQLException when the server does not answer
     */
    public static List<Operation> read(Connection connection, List<String> schemas) throws SQLException {
        boolean mariaDb = DatabaseServer.of(connection).product() == ServerProduct.MARIADB;
        List<Operation> operations = new ArrayList<>();
        for (String schema : schemas) {
            operations.addAll(new PresentSchema(connection, schema, mariaDb).read());
        }
        return operations;
    }

    private List<Operation> read() throws SQLException {
        Map<String, List<ColumnDefinition>> columns = columns();
        Map<String, List<IndexDefinition>> indexes = indexes();
        List<Operation> operations = new ArrayList<>();
        for (Map<String, String> table : rows(TABLES)) {
            String name = text(table, "name");
            List<ColumnDefinition> its = columns.getOrDefault(name, List.of());
            operations.add(
                    text(table, "kind").contains("VIEW")
                            ? view(name, its)
                            : table(table, its, indexes.getOrDefault(name, List.of())));
        }
        operations.addAll(foreignKeys());
        operations.addAll(checks());
        return operations;
    }

    private Operation view(String name, List<ColumnDefinition> columns) {
        Set<String> names = new LinkedHashSet<>();
        columns.forEach(column -> names.add(column.name().toLowerCase(Locale.ROOT)));
        // a view on something that is gone shows none
        return new ObjectOperation.CreateView(
                name(name),
                true,
                Reads.NOTHING,
                Optional.<Set<String>>of(names).filter(any -> !any.isEmpty()),
                Set.of());
    }

    private Operation table(Map<String, String> row, List<ColumnDefinition> columns, List<IndexDefinition> indexes) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("engine", text(row, "engine"));
        String collation = text(row, "collation_of");
        if (!collation.isEmpty()) {
            options.put("collate", collation);
            options.put("charset", collation.replaceFirst("_.*", ""));
        }
        return new TableOperation.CreateTable(
                name(text(row, "name")), columns, indexes, List.of(), List.of(), options, false, false);
    }

    private Map<String, List<ColumnDefinition>> columns() throws SQLException {
        Map<String, List<ColumnDefinition>> columns = new LinkedHashMap<>();
        for (Map<String, String> row : rows(COLUMNS)) {
            columns.computeIfAbsent(text(row, "name"), any -> new ArrayList<>()).add(column(row));
        }
        return columns;
    }

    private ColumnDefinition column(Map<String, String> row) {
        String collation = text(row, "collation_of");
        String extra = text(row, "extra").toLowerCase(Locale.ROOT);
        Optional<Expression> generated = Optional.of(text(row, "expression"))
                .filter(expression -> !expression.isEmpty())
                .map(expression -> new Expression(expression, Set.of()));
        int onUpdate = extra.indexOf("on update ");
        return new ColumnDefinition(
                text(row, "column_of"),
                text(row, "type") + (collation.isEmpty() ? "" : " COLLATE " + collation),
                text(row, "is_nullable").equals("YES"),
                Optional.ofNullable(row.get("default_of")).filter(value -> !mariaDb || !value.equalsIgnoreCase("NULL")),
                onUpdate < 0 ? Optional.empty() : Optional.of(extra.substring(onUpdate + "on update ".length())),
                extra.contains("auto_increment"),
                generated,
                Optional.of(text(row, "comment_of")).filter(comment -> !comment.isEmpty()),
                generated.isPresent() && extra.contains("stored"));
    }

    private Map<String, List<IndexDefinition>> indexes() throws SQLException {
        Map<String, Map<String, List<Map<String, String>>>> parts = new LinkedHashMap<>();
        for (Map<String, String> row : rows(INDEXES)) {
            parts.computeIfAbsent(text(row, "name"), any -> new LinkedHashMap<>())
                    .computeIfAbsent(text(row, "index_of"), any -> new ArrayList<>())
                    .add(row);
        }
        Map<String, List<IndexDefinition>> indexes = new LinkedHashMap<>();
        parts.forEach((table, its) -> its.forEach((name, rows) ->
                indexes.computeIfAbsent(table, any -> new ArrayList<>()).add(index(name, rows))));
        return indexes;
    }

    private static IndexDefinition index(String name, List<Map<String, String>> rows) {
        String type = text(rows.get(0), "kind");
        IndexDefinition.Kind kind = name.equals("PRIMARY")
                ? IndexDefinition.Kind.PRIMARY
                : type.equals("FULLTEXT")
                        ? IndexDefinition.Kind.FULLTEXT
                        : type.equals("SPATIAL")
                                ? IndexDefinition.Kind.SPATIAL
                                : text(rows.get(0), "doubles").equals("0")
                                        ? IndexDefinition.Kind.UNIQUE
                                        : IndexDefinition.Kind.PLAIN;
        return new IndexDefinition(
                Optional.of(name), kind, rows.stream().map(PresentSchema::part).toList());
    }

    private static IndexDefinition.Part part(Map<String, String> row) {
        String column = text(row, "column_of");
        String length = text(row, "length_of");
        return column.isEmpty()
                ? new IndexDefinition.Part("(an expression)", Set.of())
                : new IndexDefinition.Part(length.isEmpty() ? column : column + "(" + length + ")", Set.of(column));
    }

    private List<Operation> foreignKeys() throws SQLException {
        List<Operation> operations = new ArrayList<>();
        for (Map<String, String> row : rows(FOREIGN_KEYS)) {
            ForeignKey key = new ForeignKey(
                    Optional.of(text(row, "key_of")),
                    List.of(),
                    name(text(row, "other")),
                    List.of(),
                    Optional.of(text(row, "on_delete")),
                    Optional.of(text(row, "on_update")));
            operations.add(new KeyOperation.AddForeignKey(name(text(row, "name")), key, false));
        }
        return operations;
    }

    private List<Operation> checks() throws SQLException {
        List<Operation> operations = new ArrayList<>();
        for (Map<String, String> row : rows(CHECKS)) {
            operations.add(new KeyOperation.AddCheck(
                    name(text(row, "name")), Optional.of(text(row, "check_of")), new Expression("", Set.of())));
        }
        return operations;
    }

    private ObjectName name(String name) {
        return new ObjectName(schema, name);
    }

    private static String text(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    /** The rows, without the values that are NULL. */
    private List<Map<String, String>> rows(String query) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, schema);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        String value = found.getString(i);
                        if (value != null) {
                            row.put(found.getMetaData().getColumnLabel(i), value);
                        }
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }
}
