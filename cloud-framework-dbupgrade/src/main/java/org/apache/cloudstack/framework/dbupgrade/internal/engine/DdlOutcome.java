package org.apache.cloudstack.framework.dbupgrade.internal.engine;

/** What is seen of a statement that was under way when the upgrade was cut off. */
public enum DdlOutcome {
    /** It took effect. */
    DONE,
    /** It did not, or running it again makes no difference. */
    NOT_DONE,
    /** That cannot be determined. */
    UNCLEAR
}
