package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * The journal of all migrations, their checkpoints, and the list of completed releases, in tables of the first schema. It is
 * the truth about what a database has; Flyway's history is filled from it. A {@link JournalWriter} writes it.
 */
public final class Journal {

    /** The names of its tables: of migrations, of checkpoints that Java migrations set, of releases. */
    public static final Set<String> TABLES = Set.of("dbupgrade_journal", "dbupgrade_checkpoint", "dbupgrade_release");

    /** The name of the table of migrations. */
    public static final String JOURNAL_TABLE = "dbupgrade_journal";

    private static final String CREATE_JOURNAL = """
            CREATE TABLE IF NOT EXISTS %s (
              migration       VARCHAR(190) NOT NULL COMMENT 'version on the timeline, or name of the repeatable',
              script          VARCHAR(255) NOT NULL,
              release_version VARCHAR(32)  NOT NULL COMMENT 'empty for a repeatable',
              change_id       CHAR(64)     NOT NULL COMMENT 'SHA-256 of the normalised content',
              state           VARCHAR(16)  NOT NULL COMMENT 'RUNNING, FAILED, DONE or RECORDED',
              statements_done  INT         NOT NULL,
              statements_total INT         NOT NULL,
              statements_begun INT         NULL COMMENT 'the statement in question, when it is more than those done',
              done_hash       CHAR(64)     NOT NULL COMMENT 'SHA-256 over the statements done',
              session_state   MEDIUMTEXT   NULL COMMENT 'what restores the session that they left',
              last_insert_id  BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'LAST_INSERT_ID() after them',
              started_on      DATETIME(3)  NOT NULL,
              finished_on     DATETIME(3)  NULL,
              failure         VARCHAR(1000) NULL COMMENT 'the error of a FAILED one, without values of rows',
              PRIMARY KEY (migration)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
              COMMENT='What the database upgrade has done; written by it alone'""";
    private static final String CREATE_CHECKPOINT = """
            CREATE TABLE IF NOT EXISTS %s (
              migration        VARCHAR(190) NOT NULL,
              checkpoint_key   VARCHAR(190) NOT NULL,
              checkpoint_value VARCHAR(255) NOT NULL,
              set_on           DATETIME(3)  NOT NULL,
              PRIMARY KEY (migration, checkpoint_key)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
              COMMENT='How far Java migrations that are not done have come; written by the database upgrade alone'""";
    private static final String CREATE_RELEASE = """
            CREATE TABLE IF NOT EXISTS %s (
              release_version VARCHAR(32) NOT NULL,
              release_id      CHAR(64)    NOT NULL COMMENT 'names the whole state that the release asks for',
              reached_on      DATETIME(3) NOT NULL,
              PRIMARY KEY (release_version)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
              COMMENT='The releases this database has completed; written by the database upgrade alone'""";
    private static final String SELECT = """
            SELECT migration, script, release_version, change_id, state, statements_done, statements_total, done_hash,
                   journal.*
            FROM %s journal""";
    private static final String FAILURE = "failure";
    private static final String BEGUN = "statements_begun";
    private static final String SESSION_STATE = "session_state";
    private static final String LAST_INSERT_ID = "last_insert_id";
    /** What journals of earlier versions lack. */
    private static final Map<String, String> ADDED = Map.of(
            FAILURE,
            "VARCHAR(1000) NULL COMMENT 'the error of a FAILED one, without values of rows'",
            BEGUN,
            "INT NULL COMMENT 'the statement in question, when it is more than those done'",
            SESSION_STATE,
            "MEDIUMTEXT NULL COMMENT 'what restores the session that they left'",
            LAST_INSERT_ID,
            "BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'LAST_INSERT_ID() after them'");

    final String journalTable;
    final String checkpointTable;
    final String releaseTable;

    /** The journal in the given schema. */
    public Journal(String schema) {
        this.journalTable = Identifier.quote(schema, JOURNAL_TABLE);
        this.checkpointTable = Identifier.quote(schema, "dbupgrade_checkpoint");
        this.releaseTable = Identifier.quote(schema, "dbupgrade_release");
    }

    /** Makes the tables where they are missing; commits, as all DDL does. */
    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE_JOURNAL.formatted(journalTable));
            statement.execute(CREATE_CHECKPOINT.formatted(checkpointTable));
            statement.execute(CREATE_RELEASE.formatted(releaseTable));
            Set<String> present = columns(statement);
            for (Map.Entry<String, String> column : ADDED.entrySet()) {
                if (!present.contains(column.getKey())) {
                    statement.execute(
                            "ALTER TABLE " + journalTable + " ADD COLUMN " + column.getKey() + " " + column.getValue());
                }
            }
        }
    }

    private Set<String> columns(Statement statement) throws SQLException {
        try (ResultSet none = statement.executeQuery("SELECT * FROM " + journalTable + " LIMIT 0")) {
            return columns(none);
        }
    }

    private static Set<String> columns(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        Set<String> names = new HashSet<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnLabel(column).toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** All rows, by key. */
    public Map<String, JournalRow> rows(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT.formatted(journalTable))) {
            return read(select).stream().collect(Collectors.toMap(JournalRow::key, row -> row));
        }
    }

    /** The row of one migration; empty when it was never started. */
    public Optional<JournalRow> row(Connection connection, Migration migration) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SELECT.formatted(journalTable) + " WHERE migration = ?")) {
            select.setString(1, migration.key());
            return read(select).stream().findFirst();
        }
    }

    private static List<JournalRow> read(PreparedStatement select) throws SQLException {
        List<JournalRow> rows = new ArrayList<>();
        try (ResultSet found = select.executeQuery()) {
            Set<String> columns = columns(found);
            while (found.next()) {
                String failure = columns.contains(FAILURE) ? found.getString(FAILURE) : null;
                rows.add(new JournalRow(
                        found.getString(1),
                        found.getString(2),
                        found.getString(3),
                        new ChangeId(found.getString(4)),
                        stateOf(found.getString(5), found.getString(2)),
                        found.getInt(6),
                        found.getInt(7),
                        found.getString(8),
                        failure == null ? "" : failure,
                        columns.contains(BEGUN) ? begun(found) : OptionalInt.empty(),
                        columns.contains(SESSION_STATE)
                                ? SessionState.ofJournal(
                                        found.getString(SESSION_STATE), found.getString(LAST_INSERT_ID))
                                : SessionState.FRESH));
            }
        }
        return rows;
    }

    private static OptionalInt begun(ResultSet found) throws SQLException {
        int begun = found.getInt(BEGUN);
        return found.wasNull() ? OptionalInt.empty() : OptionalInt.of(begun);
    }

    private static JournalRow.State stateOf(String name, String script) {
        return Stream.of(JournalRow.State.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the journal says " + name + " of " + script));
    }

    /** The checkpoints that a Java migration set before it was interrupted: values by key. */
    Map<String, String> checkpoints(Connection connection, Migration migration) throws SQLException {
        Map<String, String> checkpoints = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT checkpoint_key, checkpoint_value FROM " + checkpointTable + " WHERE migration = ?")) {
            select.setString(1, migration.key());
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    checkpoints.put(found.getString(1), found.getString(2));
                }
            }
        }
        return checkpoints;
    }

    /** The releases that are complete. */
    public NavigableSet<ReleaseVersion> reached(Connection connection) throws SQLException {
        return new TreeSet<>(releaseIds(connection).keySet());
    }

    /** When a complete release was recorded, in UTC. */
    public LocalDateTime reachedOn(Connection connection, ReleaseVersion release) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT reached_on FROM " + releaseTable + " WHERE release_version = ?")) {
            select.setString(1, release.toString());
            try (ResultSet found = select.executeQuery()) {
                found.next();
                return found.getObject(1, LocalDateTime.class);
            }
        }
    }

    /** The releases that are complete, each with its id at that time. */
    public NavigableMap<ReleaseVersion, String> releaseIds(Connection connection) throws SQLException {
        NavigableMap<ReleaseVersion, String> ids = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT release_version, release_id FROM " + releaseTable)) {
            while (found.next()) {
                ids.put(ReleaseVersion.of(found.getString(1)), found.getString(2));
            }
        }
        return ids;
    }
}
