package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An account as the server knows it, which need not be the user and host that connected.
 *
 * @param user may be empty
 * @param host a name or a pattern
 */
public record Account(String user, String host) {

    /** The account of a connection. */
    public static Account of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT CURRENT_USER()")) {
            found.next();
            return parse(found.getString(1));
        }
    }

    static Account parse(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? new Account(text, "%") : new Account(text.substring(0, at), text.substring(at + 1));
    }

    /** As it is written in {@code GRANT}. */
    @Override
    public String toString() {
        return quoted(user) + "@" + quoted(host);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
