package org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint;

import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * Something in a database that statements read and write. Names are kept in lower case, since columns, indexes and
 * routines are compared so by all servers, and tables by some.
 *
 * @param kind what it is
 * @param schema the database
 * @param owner the table it belongs to; empty when it belongs to none, {@link #ALL} for every table
 * @param name its own name; empty when the owner says it all, {@link #ALL} for all of the kind
 */
public record SchemaObject(Kind kind, String schema, String owner, String name) {

    /** Stands for every object of a kind. */
    public static final String ALL = "*";

    /** Kinds of objects, from the widest to the narrowest. */
    public enum Kind {
        DATABASE("database"),
        TABLE("table"),
        VIEW("view"),
        PROCEDURE("procedure"),
        FUNCTION("function"),
        TRIGGER("trigger"),
        EVENT("event"),
        COLUMN("column"),
        /** That a column has this name, whatever its definition. */
        COLUMN_NAME("name of column"),
        /** What a row gets that does not name the column. */
        COLUMN_DEFAULT("default of column"),
        INDEX("index"),
        CONSTRAINT("constraint"),
        /** A trigger, or a key or constraint that goes, which any change of rows may meet. */
        ROW_RULE("rule for rows"),
        TABLE_OPTION("option of table"),
        /** Which rows a table has. */
        ROWS("rows of"),
        /** The values of a column. */
        CELLS("values of column"),
        /** All definitions, as information_schema shows them. */
        DEFINITIONS("what information_schema shows of"),
        SERVER_SETTING("setting of the server");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        private boolean isNamedLike(Kind other) {
            return this == other || (this == TABLE && other == VIEW) || (this == VIEW && other == TABLE);
        }

        private boolean isDefinition() {
            return this != ROWS && this != CELLS && this != DEFINITIONS && this != SERVER_SETTING;
        }
    }

    public SchemaObject {
        schema = schema.toLowerCase(Locale.ROOT);
        owner = owner.toLowerCase(Locale.ROOT);
        name = name.toLowerCase(Locale.ROOT);
    }

    static SchemaObject database(String schema) {
        return new SchemaObject(Kind.DATABASE, schema, "", "");
    }

    static SchemaObject table(ObjectName table) {
        return new SchemaObject(Kind.TABLE, table.schema(), table.name(), "");
    }

    static SchemaObject inTable(Kind kind, ObjectName table, String name) {
        return new SchemaObject(kind, table.schema(), table.name(), name);
    }

    static SchemaObject inDatabase(Kind kind, ObjectName name) {
        return new SchemaObject(kind, name.schema(), "", name.name());
    }

    /** Whether the two can be the same thing. Tables and views share their names. */
    public boolean overlaps(SchemaObject other) {
        if (kind == Kind.DEFINITIONS || other.kind == Kind.DEFINITIONS) {
            return kind.isDefinition() || other.kind.isDefinition();
        }
        return kind.isNamedLike(other.kind)
                && schema.equals(other.schema)
                && matches(owner, other.owner)
                && matches(name, other.name);
    }

    private static boolean matches(String one, String other) {
        return one.equals(other) || one.equals(ALL) || other.equals(ALL);
    }

    boolean holdsRows() {
        return kind == Kind.ROWS || kind == Kind.CELLS;
    }

    /** How messages name it, such as {@code column cloud.host.tags}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.words);
        char separator = ' ';
        for (String part : new String[] {schema, owner, name}) {
            if (!part.isEmpty()) {
                text.append(separator).append(part);
                separator = '.';
            }
        }
        return text.toString();
    }
}
