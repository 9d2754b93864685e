package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;

/** Reads what upgrades left behind. */
final class EndingReader {

    private final List<String> schemas;
    private final Set<String> ignoring;

    EndingReader(List<String> schemas, Set<String> ignoring) {
        this.schemas = List.copyOf(schemas);
        this.ignoring = new TreeSet<>(ignoring);
        // the time at which a release was complete
        this.ignoring.add(schemas.get(0) + "." + VersionTable.NAME + ".updated");
    }

    Ending read(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            SchemaSnapshot schema = SchemaSnapshot.read(connection, schemas);
            return new Ending(schema, new ContentsReader(schema, ignoring).checksums(connection), records(connection));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "What is in " + String.join(", ", schemas) + " could not be read: " + e.getMessage(), e);
        }
    }

    private SortedMap<String, String> records(Connection connection) throws SQLException {
        SortedMap<String, String> records = new TreeMap<>();
        List<String> queries = List.of(
                "SELECT script, CONCAT_WS(' ', state, statements_done, 'of', statements_total, change_id) FROM "
                        + own(Journal.JOURNAL_TABLE),
                "SELECT CONCAT(script, ' in Flyway''s history'), GROUP_CONCAT(CONCAT_WS(' ', version, checksum, success)"
                        + " ORDER BY version, checksum) FROM " + own(FlywayHistory.TABLE) + " GROUP BY script",
                "SELECT CONCAT('release ', release_version), release_id FROM " + own("dbupgrade_release"),
                "SELECT CONCAT('checkpoint ', checkpoint_key), migration FROM " + own("dbupgrade_checkpoint"));
        for (String query : queries) {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(query)) {
                while (found.next()) {
                    records.put(found.getString(1), String.valueOf(found.getString(2)));
                }
            }
        }
        return records;
    }

    private String own(String table) {
        return Identifier.quote(schemas.get(0), table);
    }
}
