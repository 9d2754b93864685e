package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.jspecify.annotations.Nullable;

/** A foreign key. Immutable. */
public final class Reference implements TablePart {

    /** What becomes of rows when the row that they refer to goes, or gets another key. */
    public enum Action {
        /** The other row stays. */
        RESTRICT("RESTRICT"),
        /** They go, or change, too. */
        CASCADE("CASCADE"),
        /** They refer to none any more. */
        SET_NULL("SET NULL"),
        /** As {@link #RESTRICT} with InnoDB. */
        NO_ACTION("NO ACTION");

        private final String words;

        Action(String words) {
            this.words = words;
        }
    }

    private final String name;
    private final List<String> columns;
    private final @Nullable ObjectName referenced;
    private final List<String> referencedColumns;
    private final Optional<Action> onDelete;
    private final Optional<Action> onUpdate;

    private Reference(
            String name,
            List<String> columns,
            @Nullable ObjectName referenced,
            List<String> referencedColumns,
            Optional<Action> onDelete,
            Optional<Action> onUpdate) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.referenced = referenced;
        this.referencedColumns = List.copyOf(referencedColumns);
        this.onDelete = onDelete;
        this.onUpdate = onUpdate;
    }

    /**
     * A foreign key.
     *
     * @param name its name, unique in the database
     * @param columns the columns that refer
     */
    public static Reference foreignKey(String name, String... columns) {
        return new Reference(name, List.of(columns), null, List.of(), Optional.empty(), Optional.empty());
    }

    /** The table of the same database that is referred to, and its columns. */
    public Reference references(String table, String... columns) {
        return to(new ObjectName("", table), columns);
    }

    /** The table of another database that is referred to, and its columns. */
    public Reference referencesIn(String database, String table, String... columns) {
        return to(new ObjectName(database, table), columns);
    }

    /** What becomes of rows when the row that they refer to is deleted. */
    public Reference onDelete(Action action) {
        return new Reference(name, columns, referenced, referencedColumns, Optional.of(action), onUpdate);
    }

    /** What becomes of rows when the row that they refer to gets another key. */
    public Reference onUpdate(Action action) {
        return new Reference(name, columns, referenced, referencedColumns, onDelete, Optional.of(action));
    }

    String name() {
        return name;
    }

    List<String> columns() {
        return columns;
    }

    boolean setsNull() {
        return is(onDelete, Action.SET_NULL) || is(onUpdate, Action.SET_NULL);
    }

    /** Whether it may give its columns other values. */
    boolean writes() {
        return setsNull() || is(onUpdate, Action.CASCADE);
    }

    /** Whether it may change or take rows of its table. */
    boolean acts() {
        return writes() || is(onDelete, Action.CASCADE);
    }

    private static boolean is(Optional<Action> action, Action other) {
        return action.filter(other::equals).isPresent();
    }

    Optional<String> objection() {
        if (referenced == null) {
            return Optional.of("it is not said which table it references");
        }
        return columns.isEmpty() || columns.size() != referencedColumns.size()
                ? Optional.of("it has " + columns.size() + " columns and references " + referencedColumns.size())
                : DatabaseNames.firstObjection(List.of(name), columns, List.of(referenced.name()), referencedColumns);
    }

    /** @param guard the words that make the statement do nothing when there is such a key */
    String sql(String guard) {
        ObjectName other = in("");
        return "CONSTRAINT " + Identifier.quote(name) + " FOREIGN KEY " + guard + listed(columns) + " REFERENCES "
                + DatabaseNames.quoted(other) + " " + listed(referencedColumns)
                + onDelete.map(action -> " ON DELETE " + action.words).orElse("")
                + onUpdate.map(action -> " ON UPDATE " + action.words).orElse("");
    }

    private ObjectName in(String database) {
        if (referenced == null) {
            throw new SchemaException("foreign key " + name + " references no table");
        }
        return referenced.schema().isEmpty() ? new ObjectName(database, referenced.name()) : referenced;
    }

    private Reference to(ObjectName table, String... other) {
        return new Reference(name, columns, table, List.of(other), onDelete, onUpdate);
    }

    private static String listed(List<String> columns) {
        return columns.stream().map(Identifier::quote).collect(Collectors.joining(", ", "(", ")"));
    }
}
