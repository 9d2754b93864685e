package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads triggers, procedures and functions. Who defined them is left out. */
final class CodeCatalog {

    private static final String TRIGGERS = """
            SELECT event_object_table AS table_of, trigger_name AS name_of, action_timing AS timing,
                event_manipulation AS event_of, action_order AS place, action_statement AS body, sql_mode AS modes
            FROM information_schema.triggers
            WHERE trigger_schema = ?""";

    private static final String ROUTINES = """
            SELECT specific_name AS name_of, routine_type AS routine_type, is_deterministic AS is_deterministic,
                sql_data_access AS data_access, security_type AS security, sql_mode AS modes, routine_definition AS body
            FROM information_schema.routines
            WHERE routine_schema = ?""";

    private static final String PARAMETERS = """
            SELECT specific_name AS name_of, routine_type AS routine_type, parameter_mode AS mode_of,
                parameter_name AS parameter_of, dtd_identifier AS type_of
            FROM information_schema.parameters
            WHERE specific_schema = ?
            ORDER BY specific_name, routine_type, ordinal_position""";

    /** The modes in which the same text means something else; the others differ from server to server. */
    private static final Set<String> MODES_OF_THE_PARSER = Set.of(
            "ANSI_QUOTES",
            "HIGH_NOT_PRECEDENCE",
            "IGNORE_SPACE",
            "NO_BACKSLASH_ESCAPES",
            "PIPES_AS_CONCAT",
            "REAL_AS_FLOAT");

    private final Catalog catalog;
    private final SchemaSnapshotBuilder picture;

    CodeCatalog(Catalog catalog, SchemaSnapshotBuilder picture) {
        this.catalog = catalog;
        this.picture = picture;
    }

    void read(String schema) throws SQLException {
        for (Row row : catalog.rows(TRIGGERS, schema)) {
            // Only a trigger that shares its table, time and event with others has another place than the first.
            String place = row.is("place", "1") ? "" : " ORDER " + row.text("place");
            String text = row.text("timing") + " " + row.text("event_of") + place + modes(row) + " " + body(row);
            picture.add(SchemaKind.TRIGGER, schema, row.text("table_of"), row.text("name_of"), text);
        }
        Map<String, StringJoiner> parameters = readParameters(schema);
        for (Row row : catalog.rows(ROUTINES, schema)) {
            String signature = parameters.getOrDefault(key(row), new StringJoiner("", "(", ")")) + characteristics(row);
            SchemaKind kind = row.is("routine_type", "FUNCTION") ? SchemaKind.FUNCTION : SchemaKind.PROCEDURE;
            picture.add(kind, schema, row.text("name_of"), signature + body(row));
        }
    }

    /** The parameters of each routine; what a function returns is the first, without mode and name. */
    private Map<String, StringJoiner> readParameters(String schema) throws SQLException {
        Map<String, StringJoiner> parameters = new HashMap<>();
        for (Row row : catalog.rows(PARAMETERS, schema)) {
            String text = (row.text("mode_of") + " " + row.text("parameter_of")).strip() + " "
                    + ColumnText.type(row.text("type_of"));
            parameters
                    .computeIfAbsent(key(row), key -> new StringJoiner(", ", "(", ")"))
                    .add(text.strip());
        }
        return parameters;
    }

    private static String key(Row migration) {
        return migration.text("routine_type") + " " + migration.text("name_of");
    }

    /** What differs from the defaults, so that a routine without any reads as it is written. */
    private static String characteristics(Row row) {
        String deterministic = row.is("is_deterministic", "YES") ? " DETERMINISTIC" : "";
        String access = row.is("data_access", "CONTAINS SQL") ? "" : " " + row.text("data_access");
        String security = row.is("security", "INVOKER") ? " SQL SECURITY INVOKER" : "";
        return deterministic + access + security + modes(row) + " ";
    }

    private static String modes(Row row) {
        String modes = Stream.of(row.text("modes").split(","))
                .filter(MODES_OF_THE_PARSER::contains)
                .sorted()
                .collect(Collectors.joining(","));
        return modes.isEmpty() ? "" : " SQL_MODE " + modes;
    }

    private static String body(Row row) {
        // A user who may run a routine, but not see it, gets no text.
        return row.isNull("body") ? "(text not visible to this user)" : SqlText.body(row.text("body"));
    }
}
