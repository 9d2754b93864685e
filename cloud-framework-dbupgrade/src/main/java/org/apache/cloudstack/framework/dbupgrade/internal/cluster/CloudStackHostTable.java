package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeRegistry;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;

/**
 * The management servers of a CloudStack, as its table {@code mshost} has them. Each writes its {@code last_update} every 1.5
 * seconds by its own clock; so a row that looks old is checked again some seconds later, and lives when it moved meanwhile.
 * What stands still is remembered, so that only the first look takes so long. {@code Down} is a server that announced its shutdown, or
 * one that its peers gave up, which stops when it learns of that.
 */
public final class CloudStackHostTable implements NodeRegistry {

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
    private final Duration nodeTimeout;
    private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();

    /**
     * The servers in the table of a schema; nobody where there is no such table.
     *
     * @param nodeTimeout how long a node without a heartbeat counts as living
     */
    public CloudStackHostTable(String schema, Duration nodeTimeout) {
        this.schema = schema;
        this.nodeTimeout = nodeTimeout;
    }

    private record Row(
            String name, @Nullable String version, @Nullable String beat, boolean isFresh) {

        Node server() {
            return new Node(name, Optional.ofNullable(version).flatMap(Row::release));
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

    /** A row that looked old, and since when it has shown this beat, in nanoseconds of this process. */
    private record Sighting(@Nullable String beat, long since) {

        Sighting or(Sighting later) {
            return Objects.equals(beat, later.beat) ? this : later;
        }

        long nanosLeft(long now) {
            return TWO_BEATS.toNanos() - (now - since);
        }
    }

    @Override
    public List<Node> live(Connection connection, String self) throws SQLException {
        if (!isThere(connection)) {
            return List.of();
        }
        Map<String, Row> rows = read(connection, self);
        long left = nanosLeft(rows);
        if (left > 0) {
            LockSupport.parkNanos(left);
            rows = read(connection, self);
        }
        List<Node> living = new ArrayList<>();
        rows.forEach((id, row) -> {
            if (row.isFresh() || nanosLeft(id, row) > 0) {
                living.add(row.server());
            }
        });
        return living;
    }

    /** How long it takes until all that look old have stood still for long enough to be gone. */
    private long nanosLeft(Map<String, Row> rows) {
        return rows.entrySet().stream()
                .filter(entry -> !entry.getValue().isFresh())
                .mapToLong(entry -> nanosLeft(entry.getKey(), entry.getValue()))
                .max()
                .orElse(0);
    }

    private long nanosLeft(String id, Row old) {
        long now = System.nanoTime();
        return sightings.merge(id, new Sighting(old.beat(), now), Sighting::or).nanosLeft(now);
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
            select.setLong(1, TimeUnit.NANOSECONDS.toSeconds(nodeTimeout.toNanos()));
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
