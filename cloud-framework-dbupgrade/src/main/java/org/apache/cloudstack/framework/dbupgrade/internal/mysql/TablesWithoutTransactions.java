package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.KeptRows;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Phrase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.StatementKind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * Looks up which tables have no transactions: those of MyISAM, Aria, MEMORY and other engines. Where a server has none, which is
 * asked once, no statement is examined. Where it has some, what a statement changes must be known and have transactions, views
 * resolved; nobody knows that of what procedures, triggers, functions and dynamic SQL change.
 */
public final class TablesWithoutTransactions implements KeptRows {

    private static final String ENGINES = "SELECT engine FROM information_schema.engines WHERE transactions = 'YES'";
    private static final String SYSTEM = "('mysql', 'sys', 'information_schema', 'performance_schema')";
    private static final String EXIST =
            "SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE engine IS NOT NULL"
                    + " AND engine NOT IN (" + ENGINES + ") AND table_schema NOT IN " + SYSTEM + "),"
                    + " @@default_storage_engine NOT IN (" + ENGINES + "),"
                    + " EXISTS (SELECT 1 FROM information_schema.routines WHERE routine_schema NOT IN " + SYSTEM
                    + " AND routine_definition LIKE '%engine%')";
    private static final String FUNCTIONS = "SELECT routine_name FROM information_schema.routines"
            + " WHERE routine_type = 'FUNCTION' AND routine_schema NOT IN " + SYSTEM;
    private static final String TABLE = """
            SELECT t.table_type = 'VIEW', t.engine IN (%s),
                   EXISTS (SELECT 1 FROM information_schema.triggers r
                           WHERE r.event_object_schema = t.table_schema AND r.event_object_table = t.table_name)
            FROM information_schema.tables t WHERE LOWER(t.table_schema) = ? AND LOWER(t.table_name) = ?""".formatted(ENGINES);
    private static final String VIEW = "SELECT view_definition FROM information_schema.views"
            + " WHERE LOWER(table_schema) = ? AND LOWER(table_name) = ?";

    private static final Phrase OTHER_ENGINE =
            Phrase.of("engine\\b(?!\\s*=?\\s*'?innodb)|\\bTYPE\\s*=", "ENGINE", "TYPE");
    private static final Phrase TEMPORARY = Phrase.of(
            "\\bTEMPORARY\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:`?[\\w$]+`?\\s*\\.\\s*)?`?([\\w$]+)", "TEMPORARY");
    private static final Phrase SYSTEM_TABLE = Phrase.of("\\bmysql`?\\s*\\.", "MYSQL");
    private static final int DEEPEST_VIEW = 10;

    private final String schema;
    private final Map<ObjectName, Boolean> tables = new HashMap<>();
    private final Set<String> temporary = new HashSet<>();
    private Set<String> functions = Set.of();
    private boolean known;
    private boolean exist;
    private boolean definitionsMayMake;
    private boolean programsMayMake;

    /**
     * Tables of a server.
     *
     * @param schema the database that is current when a script starts
     */
    public TablesWithoutTransactions(String schema) {
        this.schema = schema;
    }

    @Override
    public boolean mayComeFrom(Connection connection, List<SqlStatement> statements) throws SQLException {
        SqlStatement statement = statements.get(statements.size() - 1);
        StatementKind kind = statement.kind();
        boolean isOfTransaction = kind == StatementKind.BLOCK_BEGIN || kind == StatementKind.BLOCK_END;
        if (isOfTransaction || statement.commitsBefore() || statement.isAboutSavepoints()) {
            return false;
        }
        if (!known) {
            look(connection);
        }
        boolean isSystem = SYSTEM_TABLE.isIn(statement.text());
        if (!exist && temporary.isEmpty() && !isSystem) {
            return false;
        }
        return kind == StatementKind.QUERY || kind == StatementKind.SESSION || statement.setsVariables()
                ? callsFunction(statement.text())
                : !isKnownToRollBack(connection, statement);
    }

    private void look(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement()) {
            try (ResultSet found = select.executeQuery(EXIST)) {
                found.next();
                exist = found.getBoolean(1);
                definitionsMayMake = found.getBoolean(2);
                programsMayMake |= found.getBoolean(3);
            }
            try (ResultSet found = select.executeQuery(FUNCTIONS)) {
                Set<String> names = new HashSet<>();
                while (found.next()) {
                    names.add(found.getString(1).toLowerCase(Locale.ROOT));
                }
                functions = names;
            }
        }
        known = true;
    }

    private boolean callsFunction(String text) {
        String words = text.toLowerCase(Locale.ROOT);
        return functions.stream().anyMatch(words::contains);
    }

    private boolean isKnownToRollBack(Connection connection, SqlStatement statement) throws SQLException {
        Analysis analysis = new StatementAnalyzer()
                .analyze(List.of(statement), currentDatabase(connection))
                .get(0);
        if (analysis.unknown().isPresent() || callsFunction(statement.text())) {
            return false;
        }
        Set<ObjectName> written = tablesOf(analysis.footprint().writes());
        for (ObjectName table : written) {
            if (!rollsBack(connection, table, 0)) {
                return false;
            }
        }
        return true;
    }

    /** What a script selects itself, the driver need not know. */
    private String currentDatabase(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet found = select.executeQuery("SELECT DATABASE()")) {
            return found.next() && found.getString(1) != null ? found.getString(1) : schema;
        }
    }

    private static Set<ObjectName> tablesOf(Set<SchemaObject> objects) {
        return objects.stream()
                .filter(object -> object.kind() == SchemaObject.Kind.ROWS || object.kind() == SchemaObject.Kind.CELLS)
                .map(object -> new ObjectName(object.schema(), object.owner()))
                .collect(Collectors.toSet());
    }

    private boolean rollsBack(Connection connection, ObjectName table, int depth) throws SQLException {
        Boolean known = tables.get(table);
        if (known == null) {
            known = !temporary.contains(table.name()) && depth < DEEPEST_VIEW && looksUp(connection, table, depth);
            tables.put(table, known);
        }
        return known;
    }

    /** A table that is not there is a temporary one of InnoDB, or the statement fails. */
    private boolean looksUp(Connection connection, ObjectName table, int depth) throws SQLException {
        boolean isView = false;
        boolean rollsBack = true;
        try (PreparedStatement select = prepared(connection, TABLE, table);
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                isView |= found.getBoolean(1);
                rollsBack &= found.getBoolean(1) || found.getBoolean(2) && !found.getBoolean(3);
            }
        }
        return rollsBack && (!isView || viewRollsBack(connection, table, depth));
    }

    private boolean viewRollsBack(Connection connection, ObjectName view, int depth) throws SQLException {
        try (PreparedStatement select = prepared(connection, VIEW, view);
                ResultSet found = select.executeQuery()) {
            if (!found.next() || found.getString(1) == null) {
                return false;
            }
            SqlStatement query = new SqlStatement(1, 1, found.getString(1));
            Analysis analysis = new StatementAnalyzer()
                    .analyze(List.of(query), view.schema())
                    .get(0);
            if (analysis.unknown().isPresent()) {
                return false;
            }
            for (ObjectName table : tablesOf(analysis.footprint().reads())) {
                if (!rollsBack(connection, table, depth + 1)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static PreparedStatement prepared(Connection connection, String query, ObjectName name)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement(query);
        select.setString(1, name.schema());
        select.setString(2, name.name());
        return select;
    }

    @Override
    public void sent(SqlStatement statement) {
        boolean namesEngine = OTHER_ENGINE.isIn(statement.text());
        if (namesEngine) {
            TEMPORARY
                    .in(statement.text())
                    .forEach(table -> temporary.add(table.group(1).toLowerCase(Locale.ROOT)));
        }
        programsMayMake |= namesEngine;
        if (statement.kind() == StatementKind.OTHER) {
            boolean isDefinition = statement.commitsBefore();
            tables.clear();
            known &= !namesEngine && (isDefinition ? !definitionsMayMake : !programsMayMake);
        } else {
            known &= !namesEngine;
        }
    }
}
