package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.List;
import java.util.Locale;

/**
 * One thing that a schema is made of.
 *
 * @param container the full name of the database or table it is in; empty for a database
 * @param simpleName its name in there
 */
public record SchemaObject(SchemaKind kind, String container, String simpleName) implements Comparable<SchemaObject> {

    /** The full name, such as {@code cloud.vpc.redundant}. */
    public String name() {
        return container.isEmpty() ? simpleName : container + "." + simpleName;
    }

    /** The same thing where the databases have these names. */
    SchemaObject named(List<String> schemas) {
        return kind == SchemaKind.DATABASE
                ? new SchemaObject(kind, container, LogicalNames.named(simpleName, schemas))
                : new SchemaObject(kind, LogicalNames.named(container, schemas), simpleName);
    }

    /** The same thing on a server that keeps the names of databases, tables, views and triggers in lower case. */
    SchemaObject folded() {
        boolean isFolded = kind == SchemaKind.DATABASE
                || kind == SchemaKind.TABLE
                || kind == SchemaKind.VIEW
                || kind == SchemaKind.TRIGGER
                // the server names them after the table
                || kind == SchemaKind.FOREIGN_KEY;
        return new SchemaObject(kind, lower(container), isFolded ? lower(simpleName) : simpleName);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The full name of the table that it is in, else its own. */
    String owner() {
        return kind.isOfTable() ? container : name();
    }

    /** By full name, then by kind. */
    @Override
    public int compareTo(SchemaObject other) {
        int byName = compareNames(other);
        return byName == 0 ? kind.compareTo(other.kind) : byName;
    }

    /** Pictures compare millions of names, of which most need not be put together for that. */
    private int compareNames(SchemaObject other) {
        if (container.equals(other.container)) {
            return simpleName.compareTo(other.simpleName);
        }
        boolean isOneInTheOther = container.startsWith(other.container) || other.container.startsWith(container);
        return isOneInTheOther ? name().compareTo(other.name()) : container.compareTo(other.container);
    }
}
