package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.dialect.mysql.ast.clause.ConditionValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/** An operation in a procedure that does nothing where its object already exists, or gone already, as with {@code IF EXISTS}. */
final class GuardedOperation {

    private static final int TABLE_EXISTS = 1050;
    private static final int NO_TABLE = 1051;
    private static final int NO_COLUMN = 1054;
    private static final int COLUMN_EXISTS = 1060;
    private static final int KEY_EXISTS = 1061;
    private static final int NOT_THERE = 1091;
    private static final int NO_SUCH_TABLE = 1146;
    private static final int CONSTRAINT_EXISTS = 1826;

    /** All errors that a guard is about. */
    static final Set<Integer> ALL = Set.of(
            TABLE_EXISTS, NO_TABLE, NO_COLUMN, COLUMN_EXISTS, KEY_EXISTS, NOT_THERE, NO_SUCH_TABLE, CONSTRAINT_EXISTS);

    private static final Map<String, Set<Integer>> BY_STATE = Map.of(
            "42S01", Set.of(TABLE_EXISTS),
            "42S02", Set.of(NO_TABLE, NO_SUCH_TABLE),
            "42S22", Set.of(NO_COLUMN),
            "42S21", Set.of(COLUMN_EXISTS),
            "42000", Set.of(KEY_EXISTS, NOT_THERE));

    private GuardedOperation() {}

    /** The errors that a handler for some conditions takes; of a condition with a name of its own, none is sure. */
    static Set<Integer> errorsOf(List<ConditionValue> conditions) {
        return conditions.stream().flatMap(GuardedOperation::errorsOf).collect(Collectors.toSet());
    }

    private static Stream<Integer> errorsOf(ConditionValue condition) {
        String value =
                String.valueOf(condition.getValue()).replaceAll("['\"]", "").strip();
        return switch (condition.getType()) {
            case MYSQL_ERROR_CODE -> value.matches("\\d{1,9}") ? Stream.of(Integer.valueOf(value)) : Stream.of();
            case SQLSTATE -> BY_STATE.getOrDefault(value, Set.of()).stream();
            case SYSTEM -> value.equalsIgnoreCase("SQLEXCEPTION") ? ALL.stream() : Stream.of();
            case SELF -> Stream.of();
        };
    }

    /** The operation with its guard, where one of the errors is what it fails with otherwise. */
    static Operation of(Operation operation, Set<Integer> errors) {
        if (operation instanceof ColumnOperation column) {
            return of(column, errors);
        }
        if (operation instanceof KeyOperation key) {
            return of(key, errors);
        }
        if (operation instanceof TableOperation table) {
            return of(table, errors);
        }
        if (operation instanceof ObjectOperation.DropView drop && takes(errors, NO_TABLE)) {
            return new ObjectOperation.DropView(drop.name(), true);
        }
        return operation;
    }

    /** Whether the same is there afterwards, whether it ran or was skipped since its work was done; rows are nobody's state here. */
    static boolean leavesOneState(Operation operation) {
        if (operation instanceof RowOperation || operation instanceof SessionOperation) {
            return true;
        }
        return operation instanceof ColumnOperation.AddColumn add && add.ifNotExists()
                || operation instanceof ColumnOperation.DropColumn drop && drop.ifExists()
                || operation instanceof KeyOperation.AddIndex index && index.ifNotExists()
                || operation instanceof KeyOperation.DropIndex index && index.ifExists()
                || operation instanceof KeyOperation.AddForeignKey key && key.ifNotExists()
                || operation instanceof KeyOperation.DropForeignKey key && key.ifExists()
                || operation instanceof KeyOperation.DropConstraint constraint && constraint.ifExists()
                || operation instanceof TableOperation.CreateTable table && table.ifNotExists()
                || operation instanceof TableOperation.CreateTableLike table && table.ifNotExists()
                || operation instanceof TableOperation.DropTable table && table.ifExists()
                || operation instanceof ObjectOperation.DropView view && view.ifExists();
    }

    private static Operation of(ColumnOperation operation, Set<Integer> errors) {
        if (operation instanceof ColumnOperation.AddColumn add && takes(errors, COLUMN_EXISTS)) {
            return new ColumnOperation.AddColumn(add.table(), add.definition(), add.position(), true);
        }
        if (operation instanceof ColumnOperation.DropColumn drop && takes(errors, NOT_THERE)) {
            return new ColumnOperation.DropColumn(drop.table(), drop.column(), true);
        }
        return operation instanceof ColumnOperation.ChangeColumn change && takes(errors, NO_COLUMN)
                ? new ColumnOperation.ChangeColumn(
                        change.table(), change.column(), change.definition(), change.position(), true)
                : operation;
    }

    private static Operation of(KeyOperation operation, Set<Integer> errors) {
        if (operation instanceof KeyOperation.AddIndex add && takes(errors, KEY_EXISTS)) {
            return new KeyOperation.AddIndex(add.table(), add.index(), true);
        }
        if (operation instanceof KeyOperation.AddForeignKey add && takes(errors, KEY_EXISTS, CONSTRAINT_EXISTS)) {
            return new KeyOperation.AddForeignKey(add.table(), add.foreignKey(), true);
        }
        if (!takes(errors, NOT_THERE)) {
            return operation;
        }
        if (operation instanceof KeyOperation.DropIndex drop) {
            return new KeyOperation.DropIndex(drop.table(), drop.index(), true);
        }
        if (operation instanceof KeyOperation.DropForeignKey drop) {
            return new KeyOperation.DropForeignKey(drop.table(), drop.name(), true);
        }
        return operation instanceof KeyOperation.DropConstraint drop
                ? new KeyOperation.DropConstraint(drop.table(), drop.name(), true)
                : operation;
    }

    private static Operation of(TableOperation operation, Set<Integer> errors) {
        if (operation instanceof TableOperation.CreateTable create && takes(errors, TABLE_EXISTS)) {
            return new TableOperation.CreateTable(
                    create.table(),
                    create.columns(),
                    create.indexes(),
                    create.foreignKeys(),
                    create.checks(),
                    create.options(),
                    true,
                    create.temporary());
        }
        if (operation instanceof TableOperation.CreateTableLike create && takes(errors, TABLE_EXISTS)) {
            return new TableOperation.CreateTableLike(create.table(), create.source(), true);
        }
        return operation instanceof TableOperation.DropTable drop && takes(errors, NO_TABLE)
                ? new TableOperation.DropTable(drop.table(), true, drop.temporary())
                : operation;
    }

    private static boolean takes(Set<Integer> errors, int... any) {
        return IntStream.of(any).anyMatch(errors::contains);
    }
}
