package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.Comparator;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/** The name of a table, with that of its database. */
record TableId(String schema, String name) implements Comparable<TableId> {

    private static final Comparator<TableId> ORDER =
            Comparator.comparing(TableId::schema).thenComparing(TableId::name);

    String quoted() {
        return Identifier.quote(schema, name);
    }

    @Override
    public int compareTo(TableId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
