package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Something asked of Java migrations at their checkpoints: a row among the checkpoints, which belongs to no migration. */
public final class PauseFlag {

    private static final String NO_ROUTINE = "";
    private static final String BEGIN = """
            INSERT INTO %s (migration, checkpoint_key, checkpoint_value, set_on) VALUES (?, ?, ?, UTC_TIMESTAMP(3))
            ON DUPLICATE KEY UPDATE checkpoint_value = VALUES(checkpoint_value), set_on = VALUES(set_on)""";

    private final Journal journal;
    private final String key;

    private PauseFlag(Journal journal, String key) {
        this.journal = journal;
        this.key = key;
    }

    /** To wait until an operator lets them go on. */
    public static PauseFlag toPause(Journal journal) {
        return new PauseFlag(journal, "paused");
    }

    /** To let another server upgrade, and go on another time: of those in the background. */
    public static PauseFlag toGiveWay(Journal journal) {
        return new PauseFlag(journal, "upgrade waits");
    }

    /** Makes it; the reason is reported to anyone who sees what comes of it. */
    public void begin(Connection connection, String reason) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(BEGIN.formatted(journal.checkpointTable))) {
            insert.setString(1, NO_ROUTINE);
            insert.setString(2, key);
            insert.setString(3, reason);
            insert.executeUpdate();
        }
    }

    /** Takes it back; false when there is none. */
    public boolean end(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM " + journal.checkpointTable + " WHERE migration = ? AND checkpoint_key = ?")) {
            delete.setString(1, NO_ROUTINE);
            delete.setString(2, key);
            return delete.executeUpdate() > 0;
        }
    }

    /** Why it was made; empty when there is none. */
    public Optional<String> reason(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT checkpoint_value FROM "
                + journal.checkpointTable + " WHERE migration = ? AND checkpoint_key = ?")) {
            select.setString(1, NO_ROUTINE);
            select.setString(2, key);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }
}
