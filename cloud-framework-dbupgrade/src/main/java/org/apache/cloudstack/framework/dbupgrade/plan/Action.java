package org.apache.cloudstack.framework.dbupgrade.plan;

/** What a step of a plan does with its migration. */
public enum Action {
    /** It is run. */
    RUN,
    /** It was left half done, and goes on where it stopped. */
    RESUME,
    /** Its change is in the database through another release; that is only recorded. */
    ALREADY_APPLIED,
    /** It was in the database before the library took over; that is recorded before anything else. */
    BASELINE,
    /** It waits: until no server lives that needs what it takes away, or until this server is up. */
    DEFERRED;

    /** Whether something is run. */
    public boolean runs() {
        return this == RUN || this == RESUME;
    }
}
