package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * Names something in a database.
 *
 * @param table the table of a trigger; empty for everything else
 */
record DefinedObject(ObjectKind kind, String schema, String name, String table) {

    static DefinedObject of(ObjectKind kind, String schema, String name) {
        return new DefinedObject(kind, schema, name, "");
    }

    String quoted() {
        return Identifier.quote(schema, name);
    }

    /** The table that goes when this one goes, or whose rows cannot be written without this one taking part. */
    DefinedObject tableOf() {
        return of(ObjectKind.TABLE, schema, table);
    }

    boolean is(ObjectKind other) {
        return kind == other;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + schema + "." + name;
    }
}
