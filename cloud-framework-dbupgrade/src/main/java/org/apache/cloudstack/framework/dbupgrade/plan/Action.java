package org.apache.cloudstack.framework.dbupgrade.plan;

/** What a step of a plan does with its routine. */
public enum Action {
    /** It is run. */
    RUN,
    /** Its change is in the database, which is only recorded. */
    ALREADY_THERE
}
