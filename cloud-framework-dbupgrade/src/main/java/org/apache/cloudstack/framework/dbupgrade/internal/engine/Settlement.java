package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Resolution;

/** Writes into the journal what the operator says of a statement that was cut off. */
public final class Settlement {

    private final Journal journal;

    /** Settles in the given journal. */
    public Settlement(Journal journal) {
        this.journal = journal;
    }

    /**
     * Settles the statement of a script that was cut off, and commits.
     *
     * @param fence proves that nobody else upgrades
     * @param statements all statements of the script
     * @return whether there was something to settle
     */
    public boolean settle(
            Connection connection,
            FencingToken fence,
            Migration migration,
            List<SqlStatement> statements,
            Resolution resolution)
            throws SQLException {
        JournalRow row = journal.row(connection, migration)
                .filter(each -> !each.state().isInDatabase())
                .orElse(null);
        if (row == null) {
            return false;
        }
        int inQuestion = ResumePoint.inQuestion(row, statements);
        boolean isInterrupted = inQuestion > row.statementsDone();
        int afterIt = Math.min(isInterrupted ? inQuestion - 1 : row.statementsDone(), statements.size());
        Optional<SessionObject> lost = row.session().missedBy(statements.subList(afterIt, statements.size()));
        if (lost.isEmpty() && !isInterrupted) {
            return false;
        }
        int done = lost.map(each -> behind(each, statements, resolution))
                .orElse(resolution == Resolution.DONE ? inQuestion : inQuestion - 1);
        JournalRow.State state = done == statements.size() ? JournalRow.State.DONE : JournalRow.State.FAILED;
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (PreparedStatements open = new PreparedStatements(connection)) {
            JournalWriter writer = new JournalWriter(journal, open, fence);
            writer.write(List.of(JournalEntry.at(
                    migration, state, done, statements.size(), ScriptHash.over(statements.subList(0, done)))));
            if (lost.isPresent()) {
                writer.session(migration, row.session().without(lost.get()));
            }
            writer.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
        return true;
    }

    /** All that may use what was lost is one stretch: it is done, or it starts again where that was made. */
    private static int behind(SessionObject lost, List<SqlStatement> statements, Resolution resolution) {
        return resolution == Resolution.DONE ? lost.lastUse(statements) : lost.statement() - 1;
    }
}
