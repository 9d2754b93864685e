package org.apache.cloudstack.framework.dbupgrade.scratch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * The accounts in whose name views, routines, triggers and events run. Without them, a copy of these could not be used.
 *
 * @param accounts such as {@code cloud@%}
 */
public record Definers(Set<String> accounts) {

    private static final String QUERY = """
            SELECT definer FROM information_schema.views WHERE table_schema = ?
            UNION SELECT definer FROM information_schema.routines WHERE routine_schema = ?
            UNION SELECT definer FROM information_schema.triggers WHERE trigger_schema = ?
            UNION SELECT definer FROM information_schema.events WHERE event_schema = ?""";
    private static final int PARAMETERS = 4;

    public Definers {
        accounts = Set.copyOf(accounts);
    }

    /** Those of some databases. */
    public static Definers of(Connection connection, List<String> schemas) throws SQLException {
        Set<String> accounts = new TreeSet<>();
        try (PreparedStatement select = connection.prepareStatement(QUERY)) {
            for (String schema : schemas) {
                for (int i = 1; i <= PARAMETERS; i++) {
                    select.setString(i, schema);
                }
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        accounts.add(row.getString(1));
                    }
                }
            }
        }
        return new Definers(accounts);
    }

    /** Creates those that are missing, so that nobody can connect as one of them. */
    public void createOn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String account : accounts) {
                int at = account.lastIndexOf('@');
                if (at > 0) {
                    String name = Identifier.quote(account.substring(0, at)) + "@"
                            + Identifier.quote(account.substring(at + 1));
                    statement.execute(
                            "CREATE USER IF NOT EXISTS " + name + " IDENTIFIED BY '" + UUID.randomUUID() + "'");
                    statement.execute("GRANT ALL PRIVILEGES ON *.* TO " + name);
                }
            }
        }
    }
}
