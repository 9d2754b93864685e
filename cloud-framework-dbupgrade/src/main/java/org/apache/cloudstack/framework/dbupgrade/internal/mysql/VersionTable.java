package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * The table {@code version} of CloudStack's databases, by which other software knows the release: columns id, version
 * (unique), updated and step, which is Upgrade or Complete.
 */
public final class VersionTable {

    /** The table's name. */
    public static final String NAME = "version";

    private static final List<String> COLUMNS = List.of("id", "version", "updated", "step");
    private static final ReleaseVersion LAST_WITHOUT_FOURTH_PART = ReleaseVersion.of("4.9.0");
    private static final ReleaseVersion FIRST_WITH_FOUR_PARTS = ReleaseVersion.of("4.8.2.0");
    private static final ReleaseVersion FIRST_WITH_THREE_PARTS_AGAIN = ReleaseVersion.of("24.0.0");

    private static final int SECONDS_OF_ONE_TRANSACTION = 60;

    private final TableName name;
    private final String table;

    /** The table in the given schema. */
    public VersionTable(String schema) {
        this.name = new TableName(schema, NAME);
        this.table = Identifier.quote(schema, NAME);
    }

    /** Whether there is such a table, with these columns. */
    public boolean exists(Connection connection, Schemas schemas) throws SQLException {
        return schemas.columns(connection, name).containsAll(COLUMNS);
    }

    /** The version of an upgrade that was started and not completed. */
    public Optional<String> unfinished(Connection connection) throws SQLException {
        return first(connection, "SELECT version FROM " + table + " WHERE step = 'Upgrade' ORDER BY id DESC LIMIT 1");
    }

    /** The newest completed version: the one with the highest id. */
    public Optional<String> newestComplete(Connection connection) throws SQLException {
        return first(connection, "SELECT version FROM " + table + " WHERE step = 'Complete' ORDER BY id DESC LIMIT 1");
    }

    /** States that a release is complete, in the way CloudStack writes its versions; does not commit. */
    public void complete(Connection connection, ReleaseVersion release) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table
                + " (version, updated, step) VALUES (?, UTC_TIMESTAMP(), 'Complete')"
                + " ON DUPLICATE KEY UPDATE updated = UTC_TIMESTAMP(), step = 'Complete'")) {
            insert.setString(1, text(release));
            insert.executeUpdate();
        }
    }

    /**
     * Takes back what {@link #complete} stated; a row that other software wrote at another time stays. Does not commit.
     *
     * @param stated when it was stated, in UTC
     */
    public void forget(Connection connection, ReleaseVersion release, LocalDateTime stated) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table
                + " WHERE version = ? AND step = 'Complete' AND ABS(TIMESTAMPDIFF(SECOND, updated, ?)) < "
                + SECONDS_OF_ONE_TRANSACTION)) {
            delete.setString(1, text(release));
            delete.setObject(2, stated);
            delete.executeUpdate();
        }
    }

    /** Three parts up to 4.9.0, four from 4.8.2.0 on, three again from 24.0.0. */
    static String text(ReleaseVersion release) {
        boolean fourParts = release.hotfix() > 0
                || release.compareTo(FIRST_WITH_FOUR_PARTS) >= 0
                        && release.compareTo(FIRST_WITH_THREE_PARTS_AGAIN) < 0
                        && !release.equals(LAST_WITHOUT_FOURTH_PART);
        return release.major() + "." + release.minor() + "." + release.patch()
                + (fourParts ? "." + release.hotfix() : "");
    }

    private static Optional<String> first(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
        }
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
