package org.apache.cloudstack.framework.dbupgrade.internal.engine;

/** What is known of the effect of a statement that failed. */
enum StatementEffect {
    /** It had none, or what it had was rolled back. */
    NONE,
    /** It may have had a part of it. */
    PART,
    /** The next start looks. */
    LOOKED_UP
}
