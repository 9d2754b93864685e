package org.apache.cloudstack.framework.dbupgrade.internal.sql;

/** Thrown when a script cannot be split into statements; the message says where and why, and quotes nothing of it. */
public final class UnreadableScriptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String script;

    public UnreadableScriptException(String script, String message) {
        super(message);
        this.script = script;
    }

    /** The script's file name. */
    public String script() {
        return script;
    }

    /** Where and why. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
