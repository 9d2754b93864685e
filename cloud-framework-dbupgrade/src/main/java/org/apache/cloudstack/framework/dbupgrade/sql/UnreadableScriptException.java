package org.apache.cloudstack.framework.dbupgrade.sql;

/** Thrown when a script cannot be split into statements; the message says where and why. */
public final class UnreadableScriptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableScriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
