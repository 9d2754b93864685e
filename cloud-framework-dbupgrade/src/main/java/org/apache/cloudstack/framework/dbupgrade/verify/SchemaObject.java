package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.Comparator;

/**
 * One thing that a schema is made of.
 *
 * @param container the full name of the database or table it is in; empty for a database
 * @param simpleName its name in there
 */
public record SchemaObject(SchemaKind kind, String container, String simpleName) implements Comparable<SchemaObject> {

    private static final Comparator<SchemaObject> BY_NAME =
            Comparator.comparing(SchemaObject::name).thenComparing(SchemaObject::kind);

    /** The full name, such as {@code cloud.vpc.redundant}. */
    public String name() {
        return container.isEmpty() ? simpleName : container + "." + simpleName;
    }

    /** The full name of the table that it is in, else its own. */
    String owner() {
        return kind.isOfTable() ? container : name();
    }

    @Override
    public int compareTo(SchemaObject other) {
        return BY_NAME.compare(this, other);
    }
}
