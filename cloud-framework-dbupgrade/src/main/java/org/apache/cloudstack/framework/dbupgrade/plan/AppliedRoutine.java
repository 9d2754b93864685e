package org.apache.cloudstack.framework.dbupgrade.plan;

import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;

/**
 * A routine as the database remembers it.
 *
 * @param key its key in the journal
 * @param script the file or class it was
 * @param release the release it came from; null for a repeatable
 * @param changeId the content that was run
 * @param state how far it came
 */
public record AppliedRoutine(
        String key, String script, @Nullable ReleaseVersion release, ChangeId changeId, State state) {

    /** How far a routine came. */
    public enum State {
        /** All of it is in the database. */
        DONE,
        /** It stopped at a statement that failed; it goes on there. */
        FAILED,
        /** It was cut off where nobody can tell what happened. */
        UNCLEAR
    }

    boolean isDone() {
        return state == State.DONE;
    }
}
