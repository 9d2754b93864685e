package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.InterruptionReading;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.KeptTables;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/** What a server has that decides what an interruption leaves to the operator. It changes nothing. */
public final class PresentPrograms {

    private static final String SYSTEM = " NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')";
    private static final String ENGINES =
            "SELECT LOWER(engine) FROM information_schema.engines WHERE transactions = 'YES'";
    private static final String TABLES = "SELECT table_schema, table_name, engine FROM information_schema.tables"
            + " WHERE engine IS NOT NULL AND table_type <> 'VIEW' AND table_schema" + SYSTEM;
    private static final String VIEWS =
            "SELECT table_schema, table_name, view_definition FROM information_schema.views WHERE table_schema"
                    + SYSTEM;
    private static final String TRIGGERS = "SELECT trigger_schema, trigger_name, CONCAT(action_timing, ' ',"
            + " event_manipulation), event_object_table, action_statement FROM information_schema.triggers"
            + " WHERE trigger_schema" + SYSTEM;
    private static final String PROCEDURES = "SELECT routine_schema, routine_name, routine_definition"
            + " FROM information_schema.routines WHERE routine_type = 'PROCEDURE' AND routine_definition IS NOT NULL"
            + " AND routine_schema" + SYSTEM;

    private final Statement statement;
    private final StatementAnalyzer analyzer = new StatementAnalyzer();

    private PresentPrograms(Statement statement) {
        this.statement = statement;
    }

    /**
     * A reading that knows what is there: tables with their engines, views, triggers and procedures.
     *
     * @throws SQLException when the server does not answer
     */
    public static InterruptionReading read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return new PresentPrograms(statement).read();
        }
    }

    private InterruptionReading read() throws SQLException {
        Set<String> transactional = new HashSet<>();
        each(ENGINES, row -> transactional.add(row.getString(1)));
        KeptTables tables = new KeptTables(transactional);
        each(TABLES, row -> tables.remember(new ObjectName(row.getString(1), row.getString(2)), row.getString(3)));
        InterruptionReading reading = new InterruptionReading(tables, true);
        each(PROCEDURES, row -> remember(reading, row, "CREATE PROCEDURE " + name(row) + "() " + row.getString(3)));
        if (tables.exist()) {
            each(VIEWS, row -> remember(reading, row, "CREATE VIEW " + name(row) + " AS " + row.getString(3)));
            each(
                    TRIGGERS,
                    row -> remember(
                            reading,
                            row,
                            "CREATE TRIGGER " + name(row) + " " + row.getString(3) + " ON "
                                    + Identifier.quote(row.getString(1), row.getString(4)) + " FOR EACH ROW "
                                    + row.getString(5)));
        }
        return reading;
    }

    private void remember(InterruptionReading reading, ResultSet row, String text) throws SQLException {
        SqlStatement create = new SqlStatement(1, 1, text);
        analyzer.analyze(List.of(create), row.getString(1).toLowerCase(Locale.ROOT))
                .forEach(reading::remember);
    }

    private static String name(ResultSet row) throws SQLException {
        return Identifier.quote(row.getString(1), row.getString(2));
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private void each(String query, Row row) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                row.read(found);
            }
        }
    }
}
