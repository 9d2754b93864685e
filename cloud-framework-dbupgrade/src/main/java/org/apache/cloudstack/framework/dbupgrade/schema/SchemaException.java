package org.apache.cloudstack.framework.dbupgrade.schema;

/** A change that no server could make, or that would mean different things on different servers. */
public final class SchemaException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong with which table and column, as one sentence without its full stop. */
    public SchemaException(String message) {
        super(message);
    }
}
