package org.apache.cloudstack.framework.dbupgrade.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.cloudstack.framework.dbupgrade.plan.LiveServer;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.sql.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * The management servers of a CloudStack, as its table {@code mshost} has them. Each writes its {@code last_update} every 1.5
 * seconds by its own clock; so a row that looks old is looked at a second time, and lives when it moved meanwhile. {@code
 * Down} is a server that said good-bye, or one that its peers gave up, which stops when it learns of that.
 */
public final class MshostTable implements ServerRegistry {

    private static final String COLUMNS = """
            SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = ? AND table_name = 'mshost'
              AND column_name IN ('msid', 'name', 'state', 'version', 'last_update', 'removed')""";
    private static final int COLUMNS_NEEDED = 6;
    private static final String SELECT = """
            SELECT msid, name, version, last_update,
                   last_update IS NULL OR last_update > UTC_TIMESTAMP() - INTERVAL ? SECOND
            FROM %s WHERE removed IS NULL AND (state IS NULL OR state <> 'Down')
              AND (name IS NULL OR name <> ?) AND CAST(msid AS CHAR) <> ?""";
    private static final Duration TWO_BEATS = Duration.ofMillis(3500);

    private final String schema;
    private final Duration goneAfter;

    /**
     * The servers in the table of a schema; nobody where there is no such table.
     *
     * @param goneAfter how long a server that gives no sign of life counts as living
     */
    public MshostTable(String schema, Duration goneAfter) {
        this.schema = schema;
        this.goneAfter = goneAfter;
    }

    private record Row(
            String name, @Nullable String version, @Nullable String beat, boolean isFresh) {

        LiveServer server() {
            return new LiveServer(name, Optional.ofNullable(version).flatMap(Row::release));
        }

        private static Optional<ReleaseVersion> release(String version) {
            try {
                return Optional.of(ReleaseVersion.ofBuild(version));
            } catch (IllegalArgumentException e) {
                // what nobody can read may be older than anything
                return Optional.empty();
            }
        }
    }

    @Override
    public List<LiveServer> live(Connection connection, String self) throws SQLException {
        if (!isThere(connection)) {
            return List.of();
        }
        Map<String, Row> rows = read(connection, self);
        Map<String, Row> later = rows;
        if (rows.values().stream().anyMatch(row -> !row.isFresh())) {
            LockSupport.parkNanos(TWO_BEATS.toNanos());
            later = read(connection, self);
        }
        List<LiveServer> living = new ArrayList<>();
        later.forEach((id, row) -> {
            Row before = rows.get(id);
            boolean isStill = before != null && !before.isFresh() && Objects.equals(before.beat(), row.beat());
            if (row.isFresh() || !isStill) {
                living.add(row.server());
            }
        });
        return living;
    }

    private boolean isThere(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COLUMNS)) {
            select.setString(1, schema);
            try (ResultSet found = select.executeQuery()) {
                return found.next() && found.getInt(1) == COLUMNS_NEEDED;
            }
        }
    }

    private Map<String, Row> read(Connection connection, String self) throws SQLException {
        String query = SELECT.formatted(Identifier.quote(schema, "mshost"));
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setLong(1, TimeUnit.NANOSECONDS.toSeconds(goneAfter.toNanos()));
            select.setString(2, self);
            select.setString(3, self);
            Map<String, Row> rows = new TreeMap<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    String name = found.getString(2);
                    rows.put(
                            found.getString(1),
                            new Row(
                                    name == null ? "server " + found.getString(1) : name,
                                    found.getString(3),
                                    found.getString(4),
                                    found.getBoolean(5)));
                }
            }
            return rows;
        }
    }
}
