package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Reads triggers, procedures and functions. Who defined them is left out. */
final class CodeCatalog {

    private static final String TRIGGERS = """
            SELECT event_object_table AS table_of, trigger_name AS name_of, action_timing AS timing,
                event_manipulation AS event_of, action_statement AS body
            FROM information_schema.triggers
            WHERE trigger_schema = ?""";

    private static final String ROUTINES = """
            SELECT specific_name AS name_of, routine_type AS routine_type, is_deterministic AS is_deterministic,
                routine_definition AS body
            FROM information_schema.routines
            WHERE routine_schema = ?""";

    private static final String PARAMETERS = """
            SELECT specific_name AS name_of, routine_type AS routine_type, parameter_mode AS mode_of,
                parameter_name AS parameter_of, dtd_identifier AS type_of
            FROM information_schema.parameters
            WHERE specific_schema = ?
            ORDER BY specific_name, routine_type, ordinal_position""";

    private final Catalog catalog;
    private final SchemaSnapshotBuilder picture;

    CodeCatalog(Catalog catalog, SchemaSnapshotBuilder picture) {
        this.catalog = catalog;
        this.picture = picture;
    }

    void read(String schema) throws SQLException {
        for (Row row : catalog.rows(TRIGGERS, schema)) {
            String text = row.text("timing") + " " + row.text("event_of") + " " + body(row);
            picture.add(SchemaKind.TRIGGER, schema, row.text("table_of"), row.text("name_of"), text);
        }
        Map<String, StringJoiner> parameters = readParameters(schema);
        for (Row row : catalog.rows(ROUTINES, schema)) {
            String deterministic = row.is("is_deterministic", "YES") ? " DETERMINISTIC " : " ";
            String signature = parameters.getOrDefault(key(row), new StringJoiner("", "(", ")")) + deterministic;
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

    private static String body(Row row) {
        // A user who may run a routine, but not see it, gets no text.
        return row.isNull("body") ? "(text not visible to this user)" : SqlText.body(row.text("body"));
    }
}
