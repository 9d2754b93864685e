package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * A migration as the database remembers it.
 *
 * @param key its key in the journal
 * @param script the file or class it was
 * @param release the release it came from; empty for a repeatable
 * @param changeId the content that was run
 * @param state how far it came
 * @param empty whether it had no statements, so that the database is the same without it
 */
public record AppliedMigration(
        String key, String script, Optional<ReleaseVersion> release, ChangeId changeId, State state, boolean empty) {

    /** How far a migration came. */
    public enum State {
        /** All of it is in the database. */
        DONE,
        /** It was not run, since its change was there. */
        RECORDED,
        /** It stopped at a statement that failed; it goes on there. */
        FAILED
    }

    boolean isDone() {
        return state != State.FAILED;
    }
}
