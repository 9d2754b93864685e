package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.MaskedStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.StatementKind;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;

/**
 * Where a script goes on that was started before. The journal says which statement may have committed something since the last
 * checkpoint: those before it did, and its own effect is looked up. Where it says of none, nothing was committed.
 *
 * @param statementsDone how many statements are done
 * @param chain the hash over them
 * @param session what the session held after them
 * @param objection why it cannot go on; empty when it can
 */
public record ResumePoint(int statementsDone, ScriptHash chain, SessionState session, Optional<Finding> objection) {

    static final ResumePoint BEGIN = new ResumePoint(0, ScriptHash.START, SessionState.FRESH, Optional.empty());

    /** As an earlier version of the library saw it, which wrote no marks. */
    private static final Set<StatementKind> SAFE_TO_REPEAT =
            Set.of(StatementKind.DATA, StatementKind.SESSION, StatementKind.QUERY, StatementKind.BLOCK_BEGIN);

    /** Looks where the script goes on; changes nothing. */
    public static ResumePoint of(
            Connection connection,
            Migration migration,
            JournalRow row,
            List<SqlStatement> statements,
            DdlEffectProbe effects)
            throws SQLException {
        if (row.state().isInDatabase() || migration instanceof RepeatableMigration) {
            return BEGIN;
        }
        int done = row.statementsDone();
        boolean unchanged = done <= statements.size()
                && ScriptHash.over(statements.subList(0, done)).hex().equals(row.doneHash());
        if (!unchanged) {
            return refused(done, FindingCode.RESUMED_SCRIPT_CHANGED.about(migration.script(), done));
        }
        int begun = inQuestion(row, statements);
        if (begun <= done) {
            return at(done, migration, row, statements);
        }
        SqlStatement statement = statements.get(begun - 1);
        if (statement.kind() == StatementKind.SESSION) {
            return at(begun - 1, migration, row, statements);
        }
        DdlEffectProbe.Seen seen = effects.lookUp(connection, statements.subList(0, begun));
        return switch (seen.effect()) {
            case DONE -> at(begun, migration, row, statements);
            case NOT_DONE -> at(begun - 1, migration, row, statements);
            case UNCLEAR -> refused(begun - 1, interrupted(migration, statement, statements.size(), seen.difference()));
        };
    }

    /** The statement that may have committed something: the number of done ones where none has. */
    static int inQuestion(JournalRow row, List<SqlStatement> statements) {
        int done = row.statementsDone();
        if (row.state() != JournalRow.State.RUNNING || done >= statements.size()) {
            return done;
        }
        boolean isSafe = SAFE_TO_REPEAT.contains(statements.get(done).kind());
        return Math.min(row.statementsBegun().orElse(isSafe ? done : done + 1), statements.size());
    }

    /** What the operator is asked; the evidence may be empty. */
    static Finding interrupted(Migration migration, SqlStatement statement, int total, String evidence) {
        return FindingCode.MIGRATION_INTERRUPTED.because(
                evidence,
                migration.script(),
                statement.number(),
                total,
                statement.line(),
                MaskedStatement.of(statement));
    }

    private static ResumePoint at(int done, Migration migration, JournalRow row, List<SqlStatement> statements) {
        ScriptHash chain = new ScriptHash(row.doneHash()).and(statements.subList(row.statementsDone(), done));
        List<SqlStatement> rest = statements.subList(done, statements.size());
        return row.session()
                .missedBy(rest)
                .map(lost -> refused(
                        done,
                        FindingCode.SESSION_LOST.about(
                                migration.script(),
                                done + 1,
                                statements.size(),
                                rest.get(0).line(),
                                lost.kind(),
                                lost.name(),
                                lost.statement(),
                                lost.lastUse(statements))))
                .orElseGet(() -> new ResumePoint(done, chain, row.session(), Optional.empty()));
    }

    private static ResumePoint refused(int done, Finding objection) {
        return new ResumePoint(done, ScriptHash.START, SessionState.FRESH, Optional.of(objection));
    }
}
