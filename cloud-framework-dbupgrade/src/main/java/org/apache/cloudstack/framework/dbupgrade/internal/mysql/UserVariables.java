package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/** The user variables of a session, {@code @name}. */
record UserVariables(Connection connection) {

    private static final String OF_MARIADB =
            "SELECT variable_name FROM information_schema.user_variables WHERE variable_value IS NOT NULL";
    private static final String OF_MYSQL = "SELECT variable_name FROM performance_schema.user_variables_by_thread"
            + " WHERE thread_id = PS_CURRENT_THREAD_ID() AND variable_value IS NOT NULL";

    /** Unsets the given ones, and all that the server lets this user see. */
    void unset(Set<String> known) throws SQLException {
        Set<String> names = new TreeSet<>(known);
        names.addAll(seen());
        if (!names.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(names.stream()
                        .map(name -> "@" + Identifier.quote(name) + " = NULL")
                        .collect(Collectors.joining(", ", "SET ", "")));
            }
        }
    }

    private Set<String> seen() throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(isMariaDb(connection) ? OF_MARIADB : OF_MYSQL)) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        } catch (SQLException e) {
            if (!ServerErrors.isDenied(e)) {
                throw e;
            }
        }
        return names;
    }

    static boolean isMariaDb(Connection connection) throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        return version.toLowerCase(Locale.ROOT).contains("mariadb");
    }
}
