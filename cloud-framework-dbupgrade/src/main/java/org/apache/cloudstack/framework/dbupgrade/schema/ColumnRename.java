package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * Another name for a column, so that servers which know the old name and servers which know the new one work side by side.
 * {@link #expand()} belongs into a migration that adds, {@link #contract()} into one that runs when no server uses the old
 * name any more. Both state the same rename.
 *
 * <p>In between both columns are there, and two triggers copy what is written to either of them to the other. Where an insert
 * gives both, the new one counts; an update counts for the column that it changes. So a value must fit into both. Rows that a
 * foreign key changes pass no trigger; keys of the old column are added to the new one by statements of their own, and go
 * with the old one.
 */
public final class ColumnRename {

    private final Table table;
    private final ObjectName name;
    private final String old;
    private final Column column;
    private final Consumer<Change> changes;

    /** The old column, which the new one has to know. */
    @FunctionalInterface
    public interface From {

        /** The new column, as it will be in the end, with the type of the old one. */
        ColumnRename to(Column newColumn);
    }

    private ColumnRename(Table table, ObjectName name, String old, Column column, Consumer<Change> changes) {
        this.table = table;
        this.name = name;
        this.old = old;
        this.column = column;
        this.changes = changes;
    }

    static ColumnRename of(Table table, ObjectName name, String old, Column column, Consumer<Change> changes) {
        new PartCheck(name).check(column);
        if (column.isCounted() || column.isGenerated() || old.equalsIgnoreCase(column.name())) {
            throw PartCheck.wrong(
                    name,
                    "column " + old,
                    "only a column with values of its own can be renamed in two steps, and to another name");
        }
        return new ColumnRename(table, name, old, column, changes);
    }

    /** Adds the new column, keeps both in step from now on, and fills the new one where that is not done. */
    public void expand() {
        expandWithoutFilling();
        changes.accept(filling().partOf(Phase.EXPAND));
    }

    /**
     * As {@link #expand()}, for a table so large that it is filled in batches, by {@code Batches.of(table, key).copy(old, new)};
     * until then its new column has gaps.
     */
    public void expandWithoutFilling() {
        table.statingHalf(Phase.EXPAND).add(column.relaxed(column.name()));
        trigger(
                "INSERT",
                Identifier.quote(column.name()) + " = IF(" + changed("NEW", column.name()) + " IS NULL, "
                        + changed("NEW", old) + ", " + changed("NEW", column.name()) + ")");
        trigger(
                "UPDATE",
                Identifier.quote(column.name()) + " = IF(" + compared("NEW") + " <=> " + compared("OLD") + ", "
                        + changed("NEW", old) + ", " + changed("NEW", column.name()) + ")");
    }

    /** Fills the new column of rows that no server has written since the columns are kept in step. */
    public void fill() {
        changes.accept(filling());
    }

    private Change filling() {
        String to = Identifier.quote(column.name());
        String from = Identifier.quote(old);
        String sql = "UPDATE " + DatabaseNames.quoted(name) + " SET " + to + " = " + from + " WHERE " + to
                + " IS NULL AND " + from + " IS NOT NULL";
        return new Change(sql);
    }

    /**
     * Gives the new column its rules, and drops the old one. While the rules are made, inserts may still leave out either of
     * the two.
     */
    public void contract() {
        Table half = table.statingHalf(Phase.CONTRACT);
        if (!column.isNullable()) {
            half.together(both -> both.modify(column.relaxed(old).unplaced()).modify(column.unplaced()));
        } else if (column.hasDefault()) {
            half.modify(column.unplaced());
        }
        dropTrigger("INSERT");
        dropTrigger("UPDATE");
        half.dropColumn(old);
    }

    private void trigger(String event, String setsNew) {
        ObjectName trigger = trigger(event);
        changes.accept(new Change("CREATE TRIGGER " + DatabaseNames.quoted(trigger) + " BEFORE " + event + " ON "
                        + DatabaseNames.quoted(name) + " FOR EACH ROW SET NEW." + setsNew + ", "
                        + changed("NEW", old) + " = " + changed("NEW", column.name()))
                .partOf(Phase.EXPAND));
    }

    private void dropTrigger(String event) {
        ObjectName trigger = trigger(event);
        changes.accept(new Change("DROP TRIGGER " + DatabaseNames.quoted(trigger)).partOf(Phase.CONTRACT));
    }

    private ObjectName trigger(String event) {
        String derived = DatabaseNames.derived(
                event.equals("INSERT") ? "dbupgrade_i" : "dbupgrade_u", name.name(), old, column.name());
        return new ObjectName(name.schema(), derived);
    }

    private static String changed(String row, String column) {
        return row + "." + Identifier.quote(column);
    }

    /** Text is compared by its bytes, for an update may change nothing but the case of a word. */
    private String compared(String row) {
        String value = changed(row, column.name());
        return column.type().family().hasCharset() ? "CAST(" + value + " AS BINARY)" : value;
    }
}
