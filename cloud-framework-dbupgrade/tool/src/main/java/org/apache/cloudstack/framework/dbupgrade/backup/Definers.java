package org.apache.cloudstack.framework.dbupgrade.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The accounts with whose rights the views and stored programs of a backup run once it is restored. */
final class Definers {

    private Definers() {}

    /** Those that have a right on the whole server which the restoring account has not, where it may see their rights. */
    static List<String> withMoreRights(Connection connection, List<String> definers) throws SQLException {
        String own = own(connection);
        Set<String> ownRights = rights(connection, own);
        List<String> found = new ArrayList<>();
        for (String definer : definers) {
            if (!definer.equals(own) && !ownRights.containsAll(rights(connection, definer))) {
                found.add(definer);
            }
        }
        return found;
    }

    private static String own(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Set<String> rights(Connection connection, String account) throws SQLException {
        int at = account.lastIndexOf('@');
        Set<String> rights = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT privilege_type FROM information_schema.user_privileges WHERE grantee = ?")) {
            select.setString(1, "'" + account.substring(0, at) + "'@'" + account.substring(at + 1) + "'");
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rights.add(row.getString(1));
                }
            }
        }
        return rights;
    }
}
