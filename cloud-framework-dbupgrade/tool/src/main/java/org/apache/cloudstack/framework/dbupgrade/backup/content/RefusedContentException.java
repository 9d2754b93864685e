package org.apache.cloudstack.framework.dbupgrade.backup.content;

/** Text of a dump that a restore does not need, or that servers and their clients could read in different ways. */
public final class RefusedContentException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedContentException(String reason) {
        super(reason);
    }

    /** What was found and where, without values. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
