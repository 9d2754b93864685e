package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;

/** The names of the tables, views and stored programs that databases have, without regard to case. */
public final class PresentObjects {

    private static final List<Query> QUERIES = List.of(
            new Query(Kind.TABLE, "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema"),
            new Query(
                    Kind.PROCEDURE,
                    "SELECT routine_schema, routine_name FROM information_schema.routines"
                            + " WHERE routine_type = 'PROCEDURE' AND routine_schema"),
            new Query(
                    Kind.FUNCTION,
                    "SELECT routine_schema, routine_name FROM information_schema.routines"
                            + " WHERE routine_type = 'FUNCTION' AND routine_schema"),
            new Query(
                    Kind.TRIGGER,
                    "SELECT trigger_schema, trigger_name FROM information_schema.triggers WHERE trigger_schema"),
            new Query(Kind.EVENT, "SELECT event_schema, event_name FROM information_schema.events WHERE event_schema"));

    private record Query(Kind kind, String sql) {}

    private final Set<String> schemas;
    private final Set<SchemaObject> objects = new HashSet<>();

    private PresentObjects(List<String> schemas) {
        this.schemas =
                schemas.stream().map(each -> each.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /**
     * Reads the names of what is in the databases.
     *
     * @throws SQLException when the server does not answer
     */
    public static PresentObjects read(Connection connection, List<String> schemas) throws SQLException {
        PresentObjects present = new PresentObjects(schemas);
        String places = schemas.stream().map(any -> "?").collect(Collectors.joining(", "));
        for (Query query : QUERIES) {
            try (PreparedStatement select = connection.prepareStatement(query.sql() + " IN (" + places + ")")) {
                for (int i = 0; i < schemas.size(); i++) {
                    select.setString(i + 1, schemas.get(i));
                }
                present.add(query.kind(), select);
            }
        }
        return present;
    }

    private void add(Kind kind, PreparedStatement select) throws SQLException {
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                objects.add(object(kind, found.getString(1), found.getString(2)));
            }
        }
    }

    private static SchemaObject object(Kind kind, String schema, String name) {
        return kind == Kind.TABLE ? new SchemaObject(kind, schema, name, "") : new SchemaObject(kind, schema, "", name);
    }

    /** Whether one of the databases should have it and has it not; of other databases nothing is known. */
    public boolean isMissing(SchemaObject object) {
        return schemas.contains(object.schema()) && !objects.contains(object);
    }
}
