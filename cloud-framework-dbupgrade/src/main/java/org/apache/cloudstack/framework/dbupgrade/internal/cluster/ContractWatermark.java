package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * The newest release of which something was run that may have taken away what older code needs: one value in the first
 * schema. It keeps an old node and such a step apart, though each may start at any moment:
 *
 * <ol>
 *   <li>Anyone who is about to run the step raises the mark and commits. Then it looks for older nodes; where it finds one, it
 *       puts the mark back and holds the step back.
 *   <li>A server that starts writes its row and commits. Then it looks at the mark; where that is past its own release, it
 *       does not start.
 * </ol>
 *
 * <p>Each writes before it reads, so at least one of the two sees the other. A server that was taken for dead and comes back
 * looks at the mark with every heartbeat, and stops.
 */
public final class ContractWatermark {

    /** The name of the table. */
    public static final String TABLE = "dbupgrade_contracted";

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS %s (
              id              TINYINT     NOT NULL,
              release_version VARCHAR(32) NOT NULL COMMENT 'nodes of older releases do not start',
              set_on          DATETIME(3) NOT NULL,
              PRIMARY KEY (id)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
              COMMENT='How far older nodes were left behind; written by the database upgrade alone'""";

    private final String table;

    /** The mark of the databases whose records are in the given schema. */
    public ContractWatermark(String schema) {
        this.table = Identifier.quote(schema, TABLE);
    }

    /**
     * Makes the table where it is missing; commits, as every definition does.
     *
     * @param first what older nodes cannot be vouched for: the release that the database is at
     */
    public void create(Connection connection, ReleaseVersion first) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE.formatted(table));
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT IGNORE INTO " + table + " (id, release_version, set_on) VALUES (1, ?, UTC_TIMESTAMP(3))")) {
            insert.setString(1, first.toString());
            insert.executeUpdate();
        }
    }

    /** The mark; empty where there is none yet. */
    public Optional<ReleaseVersion> read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT release_version FROM " + table + " WHERE id = 1")) {
            return found.next() ? ReleaseVersion.tryParse(found.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            if (ServerErrors.isMissingTable(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Sets the mark, in a transaction which proves that this server is the one that upgrades. */
    public void set(Connection connection, ReleaseVersion release) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + table + " SET release_version = ?, set_on = UTC_TIMESTAMP(3) WHERE id = 1")) {
            update.setString(1, release.toString());
            update.executeUpdate();
        }
    }
}
