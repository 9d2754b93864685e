package org.apache.cloudstack.framework.dbupgrade.test.interruption;

/** Ends the thread of a process that died. An error, for a migration that catches exceptions must not go on either. */
final class ProcessDeath extends Error {

    private static final long serialVersionUID = 1L;

    ProcessDeath() {
        super("The upgrade was cut off by its test", null, false, false);
    }
}
