package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.List;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;

/** A view that is changed. */
public final class View {

    private final ObjectName name;
    private final Consumer<Change> changes;
    private final boolean ifThere;

    private View(ObjectName name, Consumer<Change> changes, boolean ifThere) {
        this.name = name;
        this.changes = changes;
        this.ifThere = ifThere;
    }

    static View of(ObjectName name, Consumer<Change> changes) {
        return new View(name, changes, false);
    }

    /** The view, to be dropped if it is there. */
    public View ifThere() {
        return new View(name, changes, true);
    }

    /**
     * Creates it, or gives it another query.
     *
     * @param query its SQL, {@code SELECT …}
     */
    public void as(String query) {
        String sql = "CREATE OR REPLACE VIEW " + DatabaseNames.quoted(name) + " AS " + query.strip();
        List<Operation> operations = new WrittenSql(sql).operations();
        if (ifThere || !(operations.get(0) instanceof ObjectOperation.CreateView) || sql.endsWith(";")) {
            throw new SchemaException("view " + name + ": it is created from one query, without conditions");
        }
        changes.accept(new Change(sql));
    }

    /** Drops it. */
    public void drop() {
        changes.accept(new Change("DROP VIEW " + (ifThere ? "IF EXISTS " : "") + DatabaseNames.quoted(name)));
    }
}
