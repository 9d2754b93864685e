package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.sql.MaskedStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.StatementKind;

/**
 * Where a script goes on that was begun before. Rows change together with their checkpoint, and a statement that failed had
 * no effect; so only a definition that was under way when the process died is in doubt, and its effect is looked up.
 *
 * @param statementsDone how many statements are done
 * @param objection why it cannot go on; empty when it can
 */
public record ResumePoint(int statementsDone, Optional<Finding> objection) {

    private static final Set<StatementKind> SAFE_TO_REPEAT =
            Set.of(StatementKind.DATA, StatementKind.SESSION, StatementKind.QUERY, StatementKind.BLOCK_BEGIN);

    /** Looks where the script goes on; changes nothing. */
    public static ResumePoint of(
            Connection connection, Routine routine, JournalRow row, List<SqlStatement> statements, EffectLookup effects)
            throws SQLException {
        if (row.state().isInDatabase() || routine instanceof Repeatable) {
            return at(0);
        }
        int done = row.statementsDone();
        boolean unchanged = done <= statements.size()
                && StatementChain.over(statements.subList(0, done)).hex().equals(row.doneHash());
        if (!unchanged) {
            return refused(done, FindingCode.RESUMED_SCRIPT_CHANGED.about(routine.script(), done));
        }
        boolean inDoubt = row.state() == JournalRow.State.RUNNING
                && done < statements.size()
                && !SAFE_TO_REPEAT.contains(statements.get(done).kind());
        if (!inDoubt) {
            return at(done);
        }
        SqlStatement next = statements.get(done);
        return switch (effects.lookUp(connection, statements.subList(0, done + 1))) {
            case DONE -> at(done + 1);
            case NOT_DONE -> at(done);
            case UNCLEAR ->
                refused(
                        done,
                        FindingCode.MIGRATION_INTERRUPTED.about(
                                routine.script(),
                                next.number(),
                                statements.size(),
                                next.line(),
                                MaskedStatement.of(next)));
        };
    }

    private static ResumePoint at(int done) {
        return new ResumePoint(done, Optional.empty());
    }

    private static ResumePoint refused(int done, Finding objection) {
        return new ResumePoint(done, Optional.of(objection));
    }
}
