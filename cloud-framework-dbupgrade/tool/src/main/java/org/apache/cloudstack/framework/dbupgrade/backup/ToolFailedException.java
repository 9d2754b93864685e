package org.apache.cloudstack.framework.dbupgrade.backup;

/** An executable that ended otherwise than well; says how, without secrets and values. */
final class ToolFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    ToolFailedException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
