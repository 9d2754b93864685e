package org.apache.cloudstack.framework.dbupgrade.test.interruption;

/** What strikes an upgrade. */
enum Blow {
    /** Its process ends, and all its connections with it. */
    DEATH,
    /** The connection ends; the process lives. */
    LOSS,
    /** The server answers with an error instead of doing what was sent, and keeps the transaction. */
    REFUSAL,
    /** The same because others hold a lock for too long. */
    LOCK,
    /** The server answers with an error, and has rolled the transaction back. */
    ROLLBACK,
    /** The same because others hold a lock for too long. */
    LOCKED_ROLLBACK,
    /** Somebody holds the global read lock for some seconds. */
    READ_LOCK
}
