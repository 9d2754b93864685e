package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeRegistry;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Account;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * The servers that have this library, each with a row of its own in the first schema. A row is written when its server passed
 * its upgrade, and good for a set time after each heartbeat; all times are the database server's.
 */
public final class NodeTable implements NodeRegistry {

    /** The name of the table. */
    public static final String TABLE = "dbupgrade_node";

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS %s (
              name            VARCHAR(190) NOT NULL,
              run             CHAR(36)     NOT NULL COMMENT 'another one for each start',
              release_version VARCHAR(32)  NOT NULL COMMENT 'what its code is, written when it passed its upgrade',
              state           VARCHAR(16)  NOT NULL COMMENT 'UP or DOWN',
              started_on      DATETIME(3)  NOT NULL,
              beat_on         DATETIME(3)  NOT NULL COMMENT 'its last heartbeat',
              PRIMARY KEY (name)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
              COMMENT='The servers that use these databases; each writes its own row'""";
    private static final String JOIN = """
            INSERT INTO %s (name, run, release_version, state, started_on, beat_on)
            VALUES (?, ?, ?, 'UP', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))
            ON DUPLICATE KEY UPDATE run = VALUES(run), release_version = VALUES(release_version), state = VALUES(state),
              started_on = VALUES(started_on), beat_on = VALUES(beat_on)""";
    private static final String BEAT =
            "UPDATE %s SET state = 'UP', beat_on = UTC_TIMESTAMP(3) WHERE name = ? AND run = ?";
    private static final String LEAVE =
            "UPDATE %s SET state = 'DOWN', beat_on = UTC_TIMESTAMP(3) WHERE name = ? AND run = ?";
    private static final String LIVE = """
            SELECT name, release_version FROM %s
            WHERE state <> 'DOWN' AND name <> ? AND beat_on > UTC_TIMESTAMP(3) - INTERVAL ? MICROSECOND ORDER BY name""";

    private static final Duration DAYS_KEPT = Duration.ofDays(7);

    private final String table;
    private final Duration nodeTimeout;

    /**
     * The servers of the databases whose records are in the given schema.
     *
     * @param nodeTimeout how long a node without a heartbeat counts as living
     */
    public NodeTable(String schema, Duration nodeTimeout) {
        this.table = Identifier.quote(schema, TABLE);
        this.nodeTimeout = nodeTimeout;
    }

    @Override
    public List<Node> live(Connection connection, String self) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LIVE.formatted(table))) {
            select.setString(1, self);
            select.setLong(2, TimeUnit.NANOSECONDS.toMicros(nodeTimeout.toNanos()));
            List<Node> servers = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    servers.add(new Node(found.getString(1), ReleaseVersion.tryParse(found.getString(2))));
                }
            }
            return servers;
        } catch (SQLException e) {
            if (ServerErrors.isMissingTable(e)) {
                return List.of();
            }
            throw e;
        }
    }

    /** What an account that may only read lacks to be counted. */
    public String grant(Account account) {
        return "GRANT INSERT, UPDATE ON " + table + " TO " + account;
    }

    /** Whether the table is there. */
    public boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM " + table + " LIMIT 1");
            return true;
        } catch (SQLException e) {
            if (ServerErrors.isMissingTable(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Makes the table where it is missing; commits, as every definition does. */
    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE.formatted(table));
        }
    }

    /** Writes the row of a server, whatever an earlier run of it left there, and clears away those nobody asks for any more. */
    void join(Connection connection, String name, String run, ReleaseVersion release) throws SQLException {
        tidyUp(connection);
        try (PreparedStatement insert = connection.prepareStatement(JOIN.formatted(table))) {
            insert.setString(1, name);
            insert.setString(2, run);
            insert.setString(3, release.toString());
            insert.executeUpdate();
        }
    }

    /** An account that may not delete leaves it to the others. */
    private void tidyUp(Connection connection) throws SQLException {
        try (Statement delete = connection.createStatement()) {
            delete.executeUpdate("DELETE FROM " + table + " WHERE beat_on < UTC_TIMESTAMP(3) - INTERVAL "
                    + DAYS_KEPT.plus(nodeTimeout).toMinutes() + " MINUTE");
        } catch (SQLException e) {
            if (!ServerErrors.isDenied(e)) {
                throw e;
            }
        }
    }

    /** A heartbeat; false when the row is not this run's any more. */
    boolean beat(Connection connection, String name, String run) throws SQLException {
        return update(connection, BEAT, name, run);
    }

    void leave(Connection connection, String name, String run) throws SQLException {
        update(connection, LEAVE, name, run);
    }

    private boolean update(Connection connection, String sql, String name, String run) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql.formatted(table))) {
            update.setString(1, name);
            update.setString(2, run);
            return update.executeUpdate() == 1;
        }
    }
}
