package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/** Asks the server which views it cannot read any more, since what they read is gone. */
public final class InvalidViews {

    private static final String VIEWS = "SELECT table_schema, table_name FROM information_schema.tables"
            + " WHERE table_type = 'VIEW' AND table_schema IN (%s) ORDER BY 1, 2";
    private static final int AT_ONCE = 100;

    private InvalidViews() {}

    /**
     * The server's own words about each view that it cannot read, by name.
     *
     * @throws SQLException when the server does not answer
     */
    public static Map<String, String> read(Connection connection, List<String> schemas) throws SQLException {
        List<String> views = views(connection, schemas);
        Map<String, String> invalid = new LinkedHashMap<>();
        for (int from = 0; from < views.size(); from += AT_ONCE) {
            check(connection, views.subList(from, Math.min(views.size(), from + AT_ONCE)), invalid);
        }
        return invalid;
    }

    private static List<String> views(Connection connection, List<String> schemas) throws SQLException {
        String places = schemas.stream().map(any -> "?").collect(Collectors.joining(", "));
        try (PreparedStatement select = connection.prepareStatement(VIEWS.formatted(places))) {
            for (int i = 0; i < schemas.size(); i++) {
                select.setString(i + 1, schemas.get(i));
            }
            List<String> views = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    views.add(Identifier.quote(found.getString(1), found.getString(2)));
                }
            }
            return views;
        }
    }

    /** Of a view that is invalid there are several rows, of which the first says why. */
    private static void check(Connection connection, List<String> views, Map<String, String> invalid)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("CHECK TABLE " + String.join(", ", views))) {
            while (found.next()) {
                if (found.getString("Msg_type").equalsIgnoreCase("error")) {
                    invalid.putIfAbsent(found.getString("Table"), found.getString("Msg_text"));
                }
            }
        }
    }
}
