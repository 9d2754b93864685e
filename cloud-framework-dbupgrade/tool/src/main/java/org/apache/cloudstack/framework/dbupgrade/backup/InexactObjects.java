package org.apache.cloudstack.framework.dbupgrade.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/** What a dump of this server and its load would lose or could not write back, found before anything is read. */
final class InexactObjects {

    /** A table with its history is read by an option of the executable of MariaDB. */
    private static final String VERSIONED =
            "SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables"
                    + " WHERE table_schema = ? AND table_type = 'SYSTEM VERSIONED'";

    /** MySQL keeps the semicolon when one of several statements that are sent at once creates the object. */
    private static final Rule SEMICOLONS = new Rule(
            "its text ends with a semicolon, which the executable of MySQL writes so that it cannot be restored; create it"
                    + " again without that semicolon, in a statement of its own",
            """
            SELECT CONCAT('trigger ', trigger_schema, '.', trigger_name)
            FROM information_schema.triggers WHERE trigger_schema = ? AND TRIM(action_statement) LIKE '%;'
            UNION ALL
            SELECT CONCAT('event ', event_schema, '.', event_name)
            FROM information_schema.events WHERE event_schema = ? AND TRIM(event_definition) LIKE '%;'""");

    private static final Rule EXPIRED = new Rule(
            "its time has passed, so that the server drops it when it is created; drop it, or give it ON COMPLETION PRESERVE",
            """
            SELECT CONCAT('event ', event_schema, '.', event_name) FROM information_schema.events
            WHERE event_schema = ? AND on_completion <> 'PRESERVE'
              AND CONVERT_TZ(COALESCE(ends, execute_at), time_zone, @@SESSION.time_zone) < NOW()""");

    private static final Rule UNTRUSTED = new Rule(
            "the binary log is on and log_bin_trust_function_creators is OFF, so that nobody can create it; turn that on,"
                    + " or declare the function DETERMINISTIC, NO SQL or READS SQL DATA",
            """
            SELECT CONCAT('function ', routine_schema, '.', routine_name) FROM information_schema.routines
            WHERE routine_schema = ? AND routine_type = 'FUNCTION' AND is_deterministic = 'NO'
              AND sql_data_access NOT IN ('NO SQL', 'READS SQL DATA')
              AND @@GLOBAL.log_bin = 1 AND @@GLOBAL.log_bin_trust_function_creators = 0""");

    private static final Rule TRANSACTIONS =
            new Rule("its history is of transactions, which no dump has; make its row start and end TIMESTAMP(6)", """
            SELECT CONCAT('table ', table_schema, '.', table_name) FROM information_schema.columns
            WHERE table_schema = ? AND generation_expression = 'ROW START' AND data_type = 'bigint'""");

    private static final Rule READ_ONLY = new Rule("it is read only, which no dump has; turn that off", """
            SELECT CONCAT('database ', schema_name) FROM information_schema.schemata_extensions
            WHERE schema_name = ? AND options LIKE '%READ ONLY=1%'""");

    private static final String FLOATS = """
            SELECT c.table_name, c.column_name FROM information_schema.columns c
            JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
            WHERE c.table_schema = ? AND c.data_type = 'float' AND t.table_type <> 'VIEW'""";

    private InexactObjects() {}

    /**
     * Something that cannot be had back.
     *
     * @param reason why, and what would help
     * @param query finds the names of such objects in the database that all its parameters name
     */
    private record Rule(String reason, String query) {

        List<String> in(Connection connection, String schema) throws SQLException {
            return strings(connection, query, schema).stream()
                    .map(object -> object + ": " + reason)
                    .toList();
        }
    }

    /** Each with the reason, such as {@code event cloud.nightly: its time has passed, …}. */
    static List<String> in(Connection connection, ServerProduct product, List<String> schemas) throws SQLException {
        List<Rule> rules = new ArrayList<>(List.of(EXPIRED, UNTRUSTED));
        rules.addAll(product == ServerProduct.MYSQL ? List.of(READ_ONLY) : List.of(TRANSACTIONS));
        for (LoadSetting refused : LoadSetting.refused(connection)) {
            rules.add(new Rule(
                    refused.variable() + " is ON, and this account may not turn it off for its session, as the restore"
                            + " needs; " + LoadSetting.REMEDY,
                    refused.affected()));
        }
        List<String> found = new ArrayList<>(unreadable(connection, product, schemas));
        for (String schema : schemas) {
            for (Rule rule : rules) {
                found.addAll(rule.in(connection, schema));
            }
            found.addAll(roundedNumbers(connection, schema));
        }
        return found;
    }

    /** Those of which a dump holds what no server reads. */
    static List<String> unreadable(Connection connection, ServerProduct product, List<String> schemas)
            throws SQLException {
        List<String> found = new ArrayList<>();
        for (String schema : product == ServerProduct.MYSQL ? schemas : List.<String>of()) {
            found.addAll(SEMICOLONS.in(connection, schema));
        }
        return found;
    }

    /** Tables with a history of their own, such as {@code cloud.price}. */
    static List<String> versioned(Connection connection, List<String> schemas) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String schema : schemas) {
            found.addAll(strings(connection, VERSIONED, schema));
        }
        return found;
    }

    /** The servers write a FLOAT with six digits, whatever it holds. */
    private static List<String> roundedNumbers(Connection connection, String schema) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement columns = connection.prepareStatement(FLOATS)) {
            columns.setString(1, schema);
            try (ResultSet row = columns.executeQuery()) {
                while (row.next()) {
                    String column = Identifier.quote(row.getString(2));
                    String any = "SELECT 1 FROM " + Identifier.quote(schema, row.getString(1)) + " WHERE " + column
                            + " <> CAST(CAST(" + column + " AS CHAR) AS FLOAT) LIMIT 1";
                    if (!strings(connection, any, schema).isEmpty()) {
                        found.add("column " + schema + "." + row.getString(1) + "." + row.getString(2)
                                + ": it holds numbers of more than the six digits that a dump has of a FLOAT;"
                                + " make it a DOUBLE");
                    }
                }
            }
        }
        return found;
    }

    private static List<String> strings(Connection connection, String query, String schema) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            for (int i = 1; i <= select.getParameterMetaData().getParameterCount(); i++) {
                select.setString(i, schema);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
        }
        return found;
    }
}
