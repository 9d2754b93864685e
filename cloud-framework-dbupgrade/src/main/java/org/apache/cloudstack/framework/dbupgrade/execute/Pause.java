package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The word of an operator that lets Java migrations wait at their checkpoints: a row among the checkpoints, which belongs to
 * no routine.
 *
 * @param journal the journal with the checkpoints
 */
public record Pause(Journal journal) {

    private static final String NO_ROUTINE = "";
    private static final String KEY = "paused";
    private static final String BEGIN = """
            INSERT INTO %s (routine, checkpoint_key, checkpoint_value, set_on) VALUES (?, ?, ?, UTC_TIMESTAMP(3))
            ON DUPLICATE KEY UPDATE checkpoint_value = VALUES(checkpoint_value), set_on = VALUES(set_on)""";

    /** Lets them wait; the reason is told to whoever sees them wait. */
    public void begin(Connection connection, String reason) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(BEGIN.formatted(journal.checkpointTable))) {
            insert.setString(1, NO_ROUTINE);
            insert.setString(2, KEY);
            insert.setString(3, reason);
            insert.executeUpdate();
        }
    }

    /** Lets them go on; false when they did not wait. */
    public boolean end(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM " + journal.checkpointTable + " WHERE routine = ? AND checkpoint_key = ?")) {
            delete.setString(1, NO_ROUTINE);
            delete.setString(2, KEY);
            return delete.executeUpdate() > 0;
        }
    }

    /** Why they wait; empty when they do not. */
    public Optional<String> reason(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT checkpoint_value FROM "
                + journal.checkpointTable + " WHERE routine = ? AND checkpoint_key = ?")) {
            select.setString(1, NO_ROUTINE);
            select.setString(2, KEY);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }
}
