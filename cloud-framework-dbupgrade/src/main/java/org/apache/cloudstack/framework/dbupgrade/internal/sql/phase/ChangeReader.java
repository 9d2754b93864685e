package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.DatabaseOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/**
 * Reports which rows of the table a statement is, and remembers what it leaves for those that follow. Not for several
 * threads.
 */
public final class ChangeReader {

    private final KnownSchema known;
    private boolean checksForeignKeys = true;

    /** A reader that starts with what is known already, and adds to it. */
    public ChangeReader(KnownSchema known) {
        this.known = known;
    }

    /** A script starts: its session checks foreign keys. */
    public void beginScript() {
        checksForeignKeys = true;
    }

    /** Whether the session checks foreign keys from now on. */
    public void checkForeignKeys(boolean checks) {
        checksForeignKeys = checks;
    }

    /** A release starts: older nodes know what was there before. */
    public void beginRelease() {
        known.age();
    }

    /** A statement that cannot be read may leave whatever it names. */
    public void rememberUnknown(String text) {
        known.rememberUnknown(text);
    }

    /**
     * The changes that the operations of one statement make, one list for each operation; empty where it changes nothing
     * that others see.
     *
     * @param later the operations of the statements after it in the same script
     */
    public List<List<FoundChange>> read(List<Operation> operations, List<Operation> later) {
        List<List<FoundChange>> changes = new ArrayList<>();
        boolean replacesPrimaryKey = operations.stream().anyMatch(ChangeReader::dropsPrimaryKey)
                && operations.stream().anyMatch(ChangeReader::addsPrimaryKey);
        for (Operation operation : operations) {
            boolean isReplaced = replacesPrimaryKey && (dropsPrimaryKey(operation) || addsPrimaryKey(operation));
            if (!isReplaced) {
                changes.add(read(operation, later));
            } else if (addsPrimaryKey(operation)) {
                ObjectName table = ((KeyOperation) operation).table();
                changes.add(List.of(
                        known.isNewTable(table)
                                ? FoundChange.ofNew(KeyChange.REPLACE_PRIMARY, table)
                                : FoundChange.of(KeyChange.REPLACE_PRIMARY, table)));
            }
            known.remember(operation);
        }
        return changes;
    }

    private List<FoundChange> read(Operation operation, List<Operation> later) {
        if (operation instanceof ColumnOperation column) {
            return new ColumnReading(known).read(column);
        }
        if (operation instanceof KeyOperation key) {
            return List.of(new KeyReading(known, checksForeignKeys).read(key));
        }
        if (operation instanceof TableOperation table) {
            return new TableReading(known, later).read(table);
        }
        if (operation instanceof ObjectOperation object) {
            return List.of(new CodeReading(known, later).read(object));
        }
        if (operation instanceof DatabaseOperation database) {
            return List.of(TableReading.read(database));
        }
        return operation instanceof RowOperation rows ? rows(rows) : List.of();
    }

    private static List<FoundChange> rows(RowOperation operation) {
        if (operation instanceof RowOperation.InsertRows insert) {
            return List.of(FoundChange.of(RowChange.INSERT, insert.table()));
        }
        if (operation instanceof RowOperation.UpdateRows update) {
            return update.written().stream()
                    .map(Reads.Column::table)
                    .distinct()
                    .map(table -> FoundChange.of(RowChange.UPDATE, table))
                    .toList();
        }
        return operation instanceof RowOperation.DeleteRows delete
                ? delete.tables().stream()
                        .map(table -> FoundChange.of(RowChange.DELETE, table))
                        .toList()
                : List.of();
    }

    private static boolean dropsPrimaryKey(Operation operation) {
        return operation instanceof KeyOperation.DropIndex drop && drop.index().equalsIgnoreCase("PRIMARY");
    }

    private static boolean addsPrimaryKey(Operation operation) {
        return operation instanceof KeyOperation.AddIndex add && add.index().kind() == IndexDefinition.Kind.PRIMARY;
    }
}
