package org.apache.cloudstack.framework.dbupgrade.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * A table that is changed. Each method states one change, which is one statement, and gives the table back for more of them.
 * All of them throw a {@link SchemaException} when the change is not possible on any server.
 *
 * <p>A changed table stays open to readers and writers: a server that would have to copy it, or to close it meanwhile,
 * refuses the statement. {@link #copying()} allows it.
 */
public final class Table {

    private final ObjectName name;
    private final Target target;
    private final Manner manner;

    /** Where changes go: to the schema, or into one statement with others. */
    private record Target(Consumer<Change> changes, Optional<List<String>> together) {}

    private Table(ObjectName name, Target target, Manner manner) {
        this.name = name;
        this.target = target;
        this.manner = manner;
    }

    static Table of(ObjectName name, Consumer<Change> changes) {
        return new Table(name, new Target(changes, Optional.empty()), Manner.USUAL);
    }

    /** The table, for changes for which the server may copy it and close it meanwhile. */
    public Table copying() {
        return new Table(name, target, manner.copiedWith(Optional.empty()));
    }

    /**
     * The table, for changes that an executable is to make where the server would copy the table, and the server where there is
     * no such executable. It goes for all changes of the migration for which a copy is allowed.
     */
    public Table copying(CopyTool tool) {
        return new Table(name, target, manner.copiedWith(Optional.of(tool)));
    }

    /** The table, for things that are added unless something of their name already exists, whatever it is like. */
    public Table ifMissing() {
        return new Table(name, target, manner.under(true, false));
    }

    /** The table, for things that are dropped if they are there. */
    public Table ifThere() {
        return new Table(name, target, manner.under(false, true));
    }

    /** Creates it. */
    public Table create(TablePart... parts) {
        guardFits(false, true);
        state(NewTable.change(name, List.of(parts), manner.ifMissing()));
        return this;
    }

    /** Drops it with its rows. */
    public void drop() {
        guardFits(true, false);
        state(new Change("DROP TABLE " + (manner.ifThere() ? "IF EXISTS " : "") + DatabaseNames.quoted(name)));
    }

    /** Gives it another name at once; servers that know the old one fail from then on. */
    public void renameTo(String newName) {
        guardFits(false, false);
        ObjectName other = named(newName);
        state(new Change("RENAME TABLE " + DatabaseNames.quoted(name) + " TO " + DatabaseNames.quoted(other)));
    }

    /** Gives it another name in two steps, between which both names can be used. */
    public TableRename renameTable(String newName) {
        guardFits(false, false);
        return new TableRename(name, named(newName), this::state);
    }

    /** Adds a column, a key or a check. */
    public Table add(TablePart part) {
        new PartCheck(name).check(part);
        if (part instanceof Column column) {
            guardFits(false, true);
            return alter("ADD COLUMN " + manner.guard() + column.placedSql());
        }
        if (part instanceof Index index) {
            return add(index);
        }
        if (part instanceof Reference reference) {
            guardFits(false, true);
            manner.needsCopy(name, "foreign key " + reference.name());
            return alter("ADD " + reference.sql(manner.guard()));
        }
        if (part instanceof Check check) {
            guardFits(false, false);
            manner.needsCopy(name, "check " + check.name());
            return alter("ADD " + check.sql());
        }
        return change((TableOptions) part);
    }

    private Table add(Index index) {
        guardFits(false, index.name().isPresent());
        if (index.kind() == IndexDefinition.Kind.FULLTEXT) {
            manner.needsCopy(name, index.label());
        }
        return alter("ADD " + index.sql(manner.guard()));
    }

    /** Redefines a column, all of it; what is not said is lost. */
    public Table modify(Column column) {
        guardFits(false, false);
        new PartCheck(name).check(column);
        return alter("MODIFY COLUMN " + column.placedSql());
    }

    /** Gives a column another name at once; servers that know the old one fail from then on. */
    public Table rename(String column, String newName) {
        guardFits(false, false);
        return alter("RENAME COLUMN " + quoted(column) + " TO " + quoted(newName));
    }

    /** Gives a column another name in two steps, between which both names can be used: see {@link ColumnRename}. */
    public ColumnRename.From renameColumn(String column) {
        guardFits(false, false);
        quoted(column);
        return newColumn -> ColumnRename.of(this, name, column, newColumn, this::state);
    }

    /** Sets the default of a column; rows keep what they have. */
    public Table setDefault(String column, String text) {
        return setDefault(column, DefaultValue.of(text));
    }

    /** Sets the default of a column; rows keep what they have. */
    public Table setDefault(String column, long number) {
        return setDefault(column, DefaultValue.of(BigDecimal.valueOf(number)));
    }

    private Table setDefault(String column, DefaultValue value) {
        guardFits(false, false);
        String sql = value.sql(DataTypes.bigint());
        return alter("ALTER COLUMN " + quoted(column) + " SET DEFAULT " + sql);
    }

    /** Takes the default of a column. */
    public Table dropDefault(String column) {
        guardFits(false, false);
        return alter("ALTER COLUMN " + quoted(column) + " DROP DEFAULT");
    }

    /** Drops a column with its values. */
    public Table dropColumn(String column) {
        guardFits(true, false);
        return alter("DROP COLUMN " + manner.guard() + quoted(column));
    }

    /** Drops an index or a unique key. */
    public Table dropIndex(String index) {
        guardFits(true, false);
        return alter("DROP INDEX " + manner.guard() + quoted(index));
    }

    /** Drops the primary key. */
    public Table dropPrimaryKey() {
        guardFits(false, false);
        return alter("DROP PRIMARY KEY");
    }

    /** Gives an index another name. */
    public Table renameIndex(String index, String newName) {
        guardFits(false, false);
        return alter("RENAME INDEX " + quoted(index) + " TO " + quoted(newName));
    }

    /** Drops a foreign key; its index stays. */
    public Table dropForeignKey(String key) {
        guardFits(true, false);
        return alter("DROP FOREIGN KEY " + manner.guard() + quoted(key));
    }

    /** Drops a check. */
    public Table dropCheck(String check) {
        guardFits(true, false);
        return alter("DROP CONSTRAINT " + manner.guard() + quoted(check));
    }

    /** Changes options; the character set is that of columns to come. */
    public Table change(TableOptions options) {
        guardFits(false, false);
        new PartCheck(name).check(options);
        if (options.values().isEmpty() || target.together.isPresent()) {
            throw wrong("options are changed in a statement of their own, one at least");
        }
        return alter(options.sql());
    }

    /** Converts all text of the table. */
    public Table convertTo(String charset, String collation) {
        guardFits(false, false);
        TableOptions options = TableOptions.options().charset(charset).collation(collation);
        new PartCheck(name).check(options);
        return alter("CONVERT TO CHARACTER SET " + charset + " COLLATE " + collation);
    }

    /** Several changes in one statement, so that the server goes through the table once. */
    public Table together(Consumer<Table> changes) {
        if (manner.ifMissing() || manner.ifThere() || target.together.isPresent()) {
            throw wrong("changes in one statement are made without conditions, and not inside others");
        }
        List<String> clauses = new ArrayList<>();
        changes.accept(new Table(name, new Target(target.changes, Optional.of(clauses)), manner));
        if (clauses.isEmpty()) {
            throw wrong("a statement without changes");
        }
        state(statement(clauses));
        return this;
    }

    private Table alter(String clause) {
        target.together.ifPresentOrElse(clauses -> clauses.add(clause), () -> state(statement(List.of(clause))));
        return this;
    }

    /** A statement that names the way itself is sent as it stands, so that the server may copy the table or close it. */
    private Change statement(List<String> clauses) {
        return new Change("ALTER TABLE " + DatabaseNames.quoted(name)
                        + (manner.copying() ? " ALGORITHM=DEFAULT, " : " ") + String.join(", ", clauses))
                .copiedWith(manner.tool());
    }

    private void state(Change change) {
        target.changes.accept(change);
    }

    /** The table, for statements that are part of a half of a rename. */
    Table statingHalf(Phase half) {
        return new Table(name, new Target(change -> state(change.partOf(half)), target.together), manner);
    }

    private void guardFits(boolean drops, boolean adds) {
        if (manner.ifMissing() && !adds || manner.ifThere() && !drops) {
            throw wrong("ifMissing() goes with what is added by name, ifThere() with what is dropped by name");
        }
    }

    private ObjectName named(String newName) {
        return new ObjectName(name.schema(), DatabaseNames.checked("table " + name, newName));
    }

    private String quoted(String part) {
        return Identifier.quote(DatabaseNames.checked("table " + name, part));
    }

    private SchemaException wrong(String problem) {
        return PartCheck.wrong(name, "", problem);
    }
}
