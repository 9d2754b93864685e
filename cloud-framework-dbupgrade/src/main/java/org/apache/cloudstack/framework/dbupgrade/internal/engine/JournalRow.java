package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.util.OptionalInt;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;

/**
 * What the journal remembers of one migration.
 *
 * @param key the migration's key
 * @param script the file or class it was found as
 * @param release the release it came from; empty for a repeatable
 * @param changeId the content that was run
 * @param state how far it came
 * @param statementsDone how many statements are done
 * @param statementsTotal how many statements there are
 * @param doneHash the hash over the statements done, so that an edited script is noticed
 * @param failure the error it failed with, without values of rows; empty when none is recorded
 * @param statementsBegun the statement that may have committed something, when it is more than those done: those before it did;
 *     empty where it does not go on now, and in a row of an earlier version of the library
 * @param session what the session held after the statements done
 */
public record JournalRow(
        String key,
        String script,
        String release,
        ChangeId changeId,
        State state,
        int statementsDone,
        int statementsTotal,
        String doneHash,
        String failure,
        OptionalInt statementsBegun,
        SessionState session) {

    /** Whether it was run and had no statements, so that the database is the same without it. */
    public boolean isEmpty() {
        return state == State.DONE && statementsTotal == 0;
    }

    /** Whether just this content of a migration is in the database. */
    public boolean isApplied(Migration migration) {
        return state.isInDatabase() && changeId.equals(migration.changeId());
    }

    /** How far a migration came. */
    public enum State {
        /** It was started; of what followed the last checkpoint, see {@link #statementsBegun}. */
        RUNNING,
        /** It stopped at the statement after those done, which had no effect. */
        FAILED,
        /** It ran to its end. */
        DONE,
        /** It was found in the database when the library took over, and never run by it. */
        RECORDED;

        /** Whether the change is in the database. */
        public boolean isInDatabase() {
            return this == DONE || this == RECORDED;
        }
    }
}
