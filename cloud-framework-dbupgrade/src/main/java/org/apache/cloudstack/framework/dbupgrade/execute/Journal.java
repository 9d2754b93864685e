package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.sql.Identifier;

/**
 * The journal of all routines, and the list of completed releases, in two tables of the first schema. It is the truth about
 * what a database has; Flyway's history is filled from it. No method commits: that is the caller's part of the protocol.
 */
public final class Journal {

    /** The name of the table of routines. */
    public static final String JOURNAL_TABLE = "dbupgrade_journal";

    /** The name of the table of releases. */
    public static final String RELEASE_TABLE = "dbupgrade_release";

    private static final String CREATE_JOURNAL = """
            CREATE TABLE IF NOT EXISTS %s (
              routine         VARCHAR(190) NOT NULL COMMENT 'version on the timeline, or name of the repeatable',
              script          VARCHAR(255) NOT NULL,
              release_version VARCHAR(32)  NOT NULL COMMENT 'empty for a repeatable',
              change_id       CHAR(64)     NOT NULL COMMENT 'SHA-256 of the normalised content',
              state           VARCHAR(16)  NOT NULL COMMENT 'RUNNING, FAILED, DONE or THERE',
              statements_done  INT         NOT NULL,
              statements_total INT         NOT NULL,
              done_hash       CHAR(64)     NOT NULL COMMENT 'SHA-256 over the statements done',
              started_on      DATETIME(3)  NOT NULL,
              finished_on     DATETIME(3)  NULL,
              PRIMARY KEY (routine)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
              COMMENT='What the database upgrade has done; written by it alone'""";
    private static final String CREATE_RELEASE = """
            CREATE TABLE IF NOT EXISTS %s (
              release_version VARCHAR(32) NOT NULL,
              release_id      CHAR(64)    NOT NULL COMMENT 'names the whole state that the release asks for',
              reached_on      DATETIME(3) NOT NULL,
              PRIMARY KEY (release_version)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
              COMMENT='The releases this database has completed; written by the database upgrade alone'""";
    private static final String SELECT = """
            SELECT routine, script, release_version, change_id, state, statements_done, statements_total, done_hash
            FROM %s""";
    private static final String INSERT = """
            INSERT INTO %s (routine, script, release_version, change_id, state, statements_done, statements_total,
                            done_hash, started_on, finished_on)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3), IF(? = 'THERE', UTC_TIMESTAMP(3), NULL))
            ON DUPLICATE KEY UPDATE script = VALUES(script), release_version = VALUES(release_version),
              change_id = VALUES(change_id), state = VALUES(state), statements_done = VALUES(statements_done),
              statements_total = VALUES(statements_total), done_hash = VALUES(done_hash),
              started_on = VALUES(started_on), finished_on = VALUES(finished_on)""";
    private static final String CHECKPOINT = """
            UPDATE %s SET state = ?, statements_done = ?, done_hash = ?,
                          finished_on = IF(? = 'DONE', UTC_TIMESTAMP(3), NULL)
            WHERE routine = ?""";

    private final String journalTable;
    private final String releaseTable;

    /** The journal in the given schema. */
    public Journal(String schema) {
        this.journalTable = Identifier.quote(schema, JOURNAL_TABLE);
        this.releaseTable = Identifier.quote(schema, RELEASE_TABLE);
    }

    /** Makes the tables where they are missing; commits, as every definition does. */
    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE_JOURNAL.formatted(journalTable));
            statement.execute(CREATE_RELEASE.formatted(releaseTable));
        }
    }

    /** All rows, by key. */
    public Map<String, JournalRow> rows(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT.formatted(journalTable))) {
            return read(select).stream().collect(Collectors.toMap(JournalRow::key, row -> row));
        }
    }

    /** The row of one routine; empty when it was never begun. */
    public Optional<JournalRow> row(Connection connection, Routine routine) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SELECT.formatted(journalTable) + " WHERE routine = ?")) {
            select.setString(1, routine.key());
            return read(select).stream().findFirst();
        }
    }

    private static List<JournalRow> read(PreparedStatement select) throws SQLException {
        List<JournalRow> rows = new ArrayList<>();
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                rows.add(new JournalRow(
                        found.getString(1),
                        found.getString(2),
                        found.getString(3),
                        new ChangeId(found.getString(4)),
                        JournalRow.State.valueOf(found.getString(5)),
                        found.getInt(6),
                        found.getInt(7),
                        found.getString(8)));
            }
        }
        return rows;
    }

    /** The releases that were completed. */
    public NavigableSet<ReleaseVersion> reached(Connection connection) throws SQLException {
        NavigableSet<ReleaseVersion> reached = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT release_version FROM " + releaseTable)) {
            while (found.next()) {
                reached.add(ReleaseVersion.of(found.getString(1)));
            }
        }
        return reached;
    }

    /** Notes that releases are complete. */
    public void reach(Connection connection, Map<ReleaseVersion, ReleaseId> releases) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + releaseTable
                + " (release_version, release_id, reached_on) VALUES (?, ?, UTC_TIMESTAMP(3))"
                + " ON DUPLICATE KEY UPDATE release_id = VALUES(release_id)")) {
            for (Map.Entry<ReleaseVersion, ReleaseId> release : releases.entrySet()) {
                insert.setString(1, release.getKey().toString());
                insert.setString(2, release.getValue().hex());
                insert.executeUpdate();
            }
        }
    }

    /** Notes routines whose change is in the database, though they were not run. */
    public void recordThere(Connection connection, Collection<Routine> routines) throws SQLException {
        for (Routine routine : routines) {
            write(connection, routine, JournalRow.State.THERE, 0, 0, StatementChain.START);
        }
    }

    /** Notes that a routine is begun, or begun again after the statements done. */
    void begin(Connection connection, Routine routine, int done, int total, StatementChain chain) throws SQLException {
        write(connection, routine, JournalRow.State.RUNNING, done, total, chain);
    }

    /** Notes how far a routine is. */
    void checkpoint(Connection connection, Routine routine, JournalRow.State state, int done, StatementChain chain)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(CHECKPOINT.formatted(journalTable))) {
            update.setString(1, state.name());
            update.setInt(2, done);
            update.setString(3, chain.hex());
            update.setString(4, state.name());
            update.setString(5, routine.key());
            update.executeUpdate();
        }
    }

    private void write(
            Connection connection, Routine routine, JournalRow.State state, int done, int total, StatementChain chain)
            throws SQLException {
        String release = routine instanceof Migration migration
                ? migration.name().release().toString()
                : "";
        try (PreparedStatement insert = connection.prepareStatement(INSERT.formatted(journalTable))) {
            insert.setString(1, routine.key());
            insert.setString(2, routine.script());
            insert.setString(3, release);
            insert.setString(4, routine.changeId().hex());
            insert.setString(5, state.name());
            insert.setInt(6, done);
            insert.setInt(7, total);
            insert.setString(8, chain.hex());
            insert.setString(9, state.name());
            insert.executeUpdate();
        }
    }
}
