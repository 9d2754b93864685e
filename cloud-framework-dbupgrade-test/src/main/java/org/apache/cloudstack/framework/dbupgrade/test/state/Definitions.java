package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is in some databases but the rows, in the server's own words.
 *
 * @param databases the statement that creates each of the databases which exist
 * @param objects what is in them, in the order of their kinds; triggers of a table in the order in which they act
 */
record Definitions(Map<String, String> databases, Map<DefinedObject, Definition> objects) {

    private static final String TABLES = """
            SELECT table_name AS name_of, table_type AS type_of FROM information_schema.tables
            WHERE table_schema = ? ORDER BY table_name""";

    private static final String ROUTINES = """
            SELECT routine_name AS name_of, routine_type AS type_of FROM information_schema.routines
            WHERE routine_schema = ? AND routine_type IN ('FUNCTION', 'PROCEDURE') ORDER BY routine_name""";

    private static final String TRIGGERS = """
            SELECT trigger_name AS name_of, event_object_table AS table_of, action_order AS order_of
            FROM information_schema.triggers WHERE trigger_schema = ?
            ORDER BY event_object_table, action_timing, event_manipulation, action_order""";

    private static final String EVENTS = """
            SELECT event_name AS name_of FROM information_schema.events WHERE event_schema = ? ORDER BY event_name""";

    /**
     * Asks the server.
     *
     * @throws IllegalStateException when something is there that is neither table nor view
     */
    static Definitions read(ServerSession session, List<String> schemas) throws SQLException {
        Definitions definitions = new Definitions(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String schema : schemas) {
            if (!session.rows("SELECT 1 FROM information_schema.schemata WHERE schema_name = ?", schema)
                    .isEmpty()) {
                definitions.read(session, schema);
            }
        }
        return definitions;
    }

    private void read(ServerSession session, String schema) throws SQLException {
        databases.put(
                schema,
                session.rows("SHOW CREATE DATABASE " + Identifier.quote(schema))
                        .get(0)
                        .getOrDefault("create database", ""));
        for (Map<String, String> row : session.rows(TABLES, schema)) {
            ObjectKind kind =
                    switch (row.getOrDefault("type_of", "")) {
                        case "BASE TABLE" -> ObjectKind.TABLE;
                        case "VIEW" -> ObjectKind.VIEW;
                        default ->
                            throw new IllegalStateException(schema + "." + row.get("name_of") + " is a "
                                    + row.get("type_of") + ", whose state cannot be kept: only tables and views can.");
                    };
            add(session, DefinedObject.of(kind, schema, name(row)), "");
        }
        for (Map<String, String> row : session.rows(ROUTINES, schema)) {
            ObjectKind kind = ObjectKind.valueOf(row.getOrDefault("type_of", ""));
            add(session, DefinedObject.of(kind, schema, name(row)), "");
        }
        for (Map<String, String> row : session.rows(TRIGGERS, schema)) {
            String table = row.getOrDefault("table_of", "");
            add(
                    session,
                    new DefinedObject(ObjectKind.TRIGGER, schema, name(row), table),
                    row.getOrDefault("order_of", ""));
        }
        for (Map<String, String> row : session.rows(EVENTS, schema)) {
            add(session, DefinedObject.of(ObjectKind.EVENT, schema, name(row)), "");
        }
    }

    private void add(ServerSession session, DefinedObject object, String order) throws SQLException {
        objects.put(object, one(session, object, order));
    }

    /** Asks the server for one thing. */
    static Definition one(ServerSession session, DefinedObject object, String order) throws SQLException {
        Map<String, String> row = session.rows("SHOW CREATE " + object.kind() + " " + object.quoted())
                .get(0);
        return Definition.of(object.kind(), order, row);
    }

    private static String name(Map<String, String> row) {
        return row.getOrDefault("name_of", "");
    }

    Stream<DefinedObject> all(ObjectKind kind) {
        return objects.keySet().stream().filter(object -> object.is(kind));
    }

    /** Whether something is there and created by the same statement. */
    boolean hasLike(DefinedObject object, Definition definition) {
        Definition own = objects.get(object);
        return own != null && own.isLike(definition);
    }

    /** What is not the same in both, by name. */
    List<String> differencesFrom(Definitions other) {
        return Stream.concat(
                        Stream.concat(databases.keySet().stream(), other.databases.keySet().stream())
                                .filter(name -> !String.valueOf(databases.get(name))
                                        .equals(String.valueOf(other.databases.get(name))))
                                .map(name -> "database " + name),
                        Stream.concat(objects.keySet().stream(), other.objects.keySet().stream())
                                .filter(object -> !isSame(objects.get(object), other.objects.get(object)))
                                .map(DefinedObject::toString))
                .distinct()
                .toList();
    }

    private static boolean isSame(@Nullable Definition one, @Nullable Definition other) {
        return one != null && other != null && one.isSame(other);
    }
}
