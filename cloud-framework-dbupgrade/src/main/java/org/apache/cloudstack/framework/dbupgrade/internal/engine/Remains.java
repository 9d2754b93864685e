package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What the server says is left of a unit of work, once all that was not committed is taken back.
 *
 * @param row what the journal holds
 * @param isComplete whether everything was taken back, as far as the server can
 */
record Remains(Optional<JournalRow> row, boolean isComplete) {

    private static final int KEPT_ROWS = 1196;

    /** Rolls back; false where rows of tables without transactions stay changed. The driver might not send what it thinks needless. */
    static boolean rollback(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
            try (ResultSet warnings = statement.executeQuery("SHOW WARNINGS")) {
                while (warnings.next()) {
                    if (warnings.getInt("Code") == KEPT_ROWS) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Whether nothing after the given number of done statements was committed. */
    boolean isNothingBehind(int done) {
        return isComplete && begun() <= done;
    }

    /** The statement that committed something, or was about to; those before it are committed. */
    int begun() {
        return row.map(each -> each.statementsBegun().orElse(0)).orElse(0);
    }

    /** Whether a checkpoint is there. */
    boolean hasReached(int done) {
        return isDone() || row.filter(each -> each.statementsDone() >= done).isPresent();
    }

    /** Whether the journal has the end. */
    boolean isDone() {
        return row.filter(each -> each.state() == JournalRow.State.DONE).isPresent();
    }
}
