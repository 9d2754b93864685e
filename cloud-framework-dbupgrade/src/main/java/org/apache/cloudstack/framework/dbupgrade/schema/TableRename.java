package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * Another name for a table, so that servers which know the old name and servers which know the new one work side by side:
 * {@link #expand()} makes the new name a view that can be written to, and {@link #contract()} puts the table in its place in
 * one step. A column that the table gets in between is in the view after another {@link #expand()}.
 */
public final class TableRename {

    private final ObjectName old;
    private final ObjectName name;
    private final Consumer<Change> changes;

    TableRename(ObjectName old, ObjectName name, Consumer<Change> changes) {
        this.old = old;
        this.name = name;
        this.changes = changes;
    }

    /** Lets servers use the new name too. */
    public void expand() {
        View.of(name, change -> changes.accept(change.partOf(Phase.EXPAND)))
                .as("SELECT * FROM " + DatabaseNames.quoted(old));
    }

    /** Leaves the new name alone. */
    public void contract() {
        ObjectName view = new ObjectName(name.schema(), DatabaseNames.derived("dbupgrade_v", name.name()));
        changes.accept(new Change("RENAME TABLE " + DatabaseNames.quoted(name) + " TO " + DatabaseNames.quoted(view)
                        + ", " + DatabaseNames.quoted(old) + " TO " + DatabaseNames.quoted(name))
                .partOf(Phase.CONTRACT));
        changes.accept(new Change("DROP VIEW " + DatabaseNames.quoted(view)).partOf(Phase.CONTRACT));
    }
}
