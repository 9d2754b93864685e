package org.apache.cloudstack.framework.dbupgrade.migration;

/** What the operator says of a statement that was cut off, after having looked. */
public enum Resolution {
    /** It took effect: the script goes on after it. */
    DONE,
    /** It did not: the script goes on with it. */
    RERUN
}
