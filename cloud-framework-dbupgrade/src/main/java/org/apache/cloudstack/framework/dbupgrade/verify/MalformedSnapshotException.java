package org.apache.cloudstack.framework.dbupgrade.verify;

/** Thrown for a text that is no snapshot of a schema; the message says why. */
public final class MalformedSnapshotException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedSnapshotException(String reason) {
        super(reason);
    }

    MalformedSnapshotException(String reason, Exception cause) {
        super(reason, cause);
    }

    /** What is wrong. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
