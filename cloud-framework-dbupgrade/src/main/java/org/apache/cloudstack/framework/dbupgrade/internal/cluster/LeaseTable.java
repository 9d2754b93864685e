package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.cluster.LeaseHolder;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.PreparedStatements;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.RestoreInProgress;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;

/**
 * The table, and all statements on it. Its first row says who upgrades, and is written by transactions of the upgrade. Its second
 * one repeats that, and takes the heartbeats from beside them: what a transaction read may not change before it commits, or
 * a server with {@code innodb_snapshot_isolation} refuses it. The lease is good as long as the fresher row says. Every time in
 * it is the database server's.
 */
final class LeaseTable {

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS %s (
              id           TINYINT      NOT NULL,
              fence        BIGINT       NOT NULL COMMENT 'grows with each holder; each write of the journal checks it',
              beat         BIGINT       NOT NULL COMMENT 'grows with each heartbeat',
              holder       VARCHAR(190) NULL COMMENT 'who upgrades; NULL when nobody does',
              server       VARCHAR(255) NULL COMMENT 'the database server whose named lock the holder has too',
              doing        VARCHAR(255) NULL COMMENT 'how far the holder is',
              acquired_on  DATETIME(6)  NULL,
              expires_on   DATETIME(6)  NULL,
              fingerprint  CHAR(64)     NULL COMMENT 'the code that last found nothing to do',
              fingerprint_release VARCHAR(32) NULL COMMENT 'the release of that code',
              PRIMARY KEY (id)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
              COMMENT='Who upgrades these databases; written by the database upgrade alone'""";
    private static final String SELECT = """
            SELECT fence, holder, server, doing, TIMESTAMPDIFF(MICROSECOND, acquired_on, UTC_TIMESTAMP(6)),
                   TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), expires_on)
            FROM %s ORDER BY fence DESC, expires_on DESC, id LIMIT 1""";
    private static final String LOCK = "SELECT id FROM %s FOR UPDATE";
    private static final String TAKE = """
            UPDATE %s SET fence = fence + 1, beat = beat + 1, holder = ?, server = ?, doing = NULL,
              acquired_on = UTC_TIMESTAMP(6), expires_on = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND,
              fingerprint = NULL, fingerprint_release = NULL
            WHERE id = 1 AND fence = ?""";
    private static final String TAKE_BEAT = """
            REPLACE INTO %1$s (id, fence, beat, holder, server, acquired_on, expires_on)
            SELECT 2, fence, beat, holder, server, acquired_on, expires_on FROM %1$s WHERE id = 1""";
    private static final String RENEW = """
            UPDATE %s SET beat = beat + 1, doing = ?, expires_on = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
            WHERE id = %d AND fence = ? AND holder IS NOT NULL""";
    private static final String NEWEST = "SELECT fence FROM %s WHERE id = 1 AND holder IS NOT NULL";
    private static final String RELEASE = """
            UPDATE %s SET beat = beat + 1, holder = NULL, server = NULL, doing = NULL, acquired_on = NULL,
              expires_on = NULL
            WHERE fence = ?""";
    private static final String NOTE_FINGERPRINT = """
            UPDATE %s SET beat = beat + 1, fingerprint = ?, fingerprint_release = ?
            WHERE id = 1 AND fence = ?""";

    private final String schema;
    private final String table;
    private final String renew;
    private final String beat;

    LeaseTable(String schema) {
        this.schema = schema;
        this.table = Identifier.quote(schema, Leases.TABLE);
        this.renew = RENEW.formatted(table, 1);
        this.beat = RENEW.formatted(table, 2);
    }

    /** Makes the table and its row where they are missing; servers that start together may all do so. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE.formatted(table));
            statement.execute("INSERT IGNORE INTO " + table + " (id, fence, beat) VALUES (1, 0, 0)");
        }
    }

    LeaseRow read(Connection connection) throws SQLException {
        return read(connection, SELECT);
    }

    /** Also empty where somebody was interrupted between making the table and its row. */
    Optional<LeaseRow> readIfThere(Connection connection) throws SQLException {
        try {
            return find(connection, SELECT);
        } catch (SQLException e) {
            if (ServerErrors.isMissingTable(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Reads the row, and keeps others from writing it until the transaction ends. */
    LeaseRow readToWrite(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.executeQuery(LOCK.formatted(table)).close();
        }
        return read(connection, SELECT + " FOR UPDATE");
    }

    private LeaseRow read(Connection connection, String query) throws SQLException {
        return find(connection, query)
                .orElseThrow(() -> new SQLException("The table " + table + " has lost its row", "02000"));
    }

    private Optional<LeaseRow> find(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query.formatted(table))) {
            if (!found.next()) {
                return Optional.empty();
            }
            String holder = found.getString(2);
            return Optional.of(new LeaseRow(
                    found.getLong(1),
                    holder == null
                            ? Optional.empty()
                            : Optional.of(new LeaseHolder(
                                    holder,
                                    orEmpty(found.getString(3)),
                                    micros(found.getLong(5)),
                                    micros(found.getLong(6)),
                                    orEmpty(found.getString(4))))));
        }
    }

    /** Makes the holder the next one after the given fencing number; false when another was quicker. */
    boolean take(Connection connection, long fence, String holder, String server, Duration length) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(TAKE.formatted(table))) {
            update.setString(1, holder);
            update.setString(2, server);
            update.setLong(3, micros(length));
            update.setLong(4, fence);
            if (update.executeUpdate() != 1) {
                return false;
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(TAKE_BEAT.formatted(table));
            return true;
        }
    }

    /** A heartbeat; false when the fencing number is no longer the newest. */
    boolean renew(PreparedStatements statements, long fence, String doing, Duration length) throws SQLException {
        return renew(statements.of(renew), fence, doing, length);
    }

    /** The same from beside the upgrade. */
    boolean beat(PreparedStatements statements, long fence, String doing, Duration length) throws SQLException {
        return renew(statements.of(beat), fence, doing, length);
    }

    private static boolean renew(PreparedStatement update, long fence, String doing, Duration length)
            throws SQLException {
        update.setString(1, doing);
        update.setLong(2, micros(length));
        update.setLong(3, fence);
        return update.executeUpdate() == 1;
    }

    /** Whether the fencing number is the newest, where nobody can change that. */
    boolean isNewest(PreparedStatements statements, long fence) throws SQLException {
        try (ResultSet found = statements.of(NEWEST.formatted(table)).executeQuery()) {
            return found.next() && found.getLong(1) == fence;
        }
    }

    @Override
    public String toString() {
        return table;
    }

    void release(Connection connection, long fence) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(RELEASE.formatted(table))) {
            update.setLong(1, fence);
            update.executeUpdate();
        }
    }

    /** Notes the code that finds nothing to do, unless somebody took the lease since the fencing number was read. */
    void noteFingerprint(Connection connection, long fence, String fingerprint, ReleaseVersion release)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(NOTE_FINGERPRINT.formatted(table))) {
            update.setString(1, fingerprint);
            update.setString(2, release.toString());
            update.setLong(3, fence);
            update.executeUpdate();
        }
    }

    /** The release of the code with the given fingerprint, when it was the last that found nothing to do; not in a half restore. */
    Optional<ReleaseVersion> releaseAt(Connection connection, String fingerprint) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT fingerprint_release FROM " + table
                + " WHERE id = 1 AND fingerprint = ? AND NOT EXISTS (" + RestoreInProgress.QUERY + ")")) {
            select.setString(1, fingerprint);
            select.setString(2, schema);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(ReleaseVersion.of(found.getString(1))) : Optional.empty();
            }
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}
