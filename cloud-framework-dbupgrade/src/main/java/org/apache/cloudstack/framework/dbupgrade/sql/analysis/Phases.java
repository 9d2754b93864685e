package org.apache.cloudstack.framework.dbupgrade.sql.analysis;

import java.util.Collection;
import java.util.Comparator;
import org.apache.cloudstack.framework.dbupgrade.sql.Phase;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.DatabaseOperation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.TableOperation;

/** The phases of what statements do. */
public final class Phases {

    private Phases() {}

    /** The phase of a script: one statement that takes something away makes it {@link Phase#CONTRACT}. */
    public static Phase of(Collection<Analysis> statements) {
        return statements.stream()
                .flatMap(statement -> statement.operations().stream())
                .map(Phases::of)
                .max(Comparator.comparingInt(Phases::weight))
                .orElse(Phase.MIGRATE);
    }

    /** The phase of one operation. */
    public static Phase of(Operation operation) {
        if (takesAway(operation)) {
            return Phase.CONTRACT;
        }
        boolean defines = operation instanceof TableOperation && !(operation instanceof TableOperation.MaintainTable)
                || operation instanceof ColumnOperation
                || operation instanceof KeyOperation
                || operation instanceof DatabaseOperation
                || operation instanceof ObjectOperation;
        return defines ? Phase.EXPAND : Phase.MIGRATE;
    }

    private static int weight(Phase phase) {
        return switch (phase) {
            case MIGRATE -> 0;
            case EXPAND -> 1;
            case CONTRACT -> 2;
        };
    }

    private static boolean takesAway(Operation operation) {
        return operation instanceof TableOperation.DropTable drop && !drop.temporary()
                || operation instanceof TableOperation.RenameTable
                || operation instanceof TableOperation.TruncateTable
                || operation instanceof ColumnOperation.DropColumn
                || operation instanceof ColumnOperation.RenameColumn
                || operation instanceof ColumnOperation.ChangeColumn change && change.renames()
                || operation instanceof ColumnOperation.AddColumn add
                        && add.definition().required()
                || operation instanceof ObjectOperation.DropView
                || operation instanceof DatabaseOperation.DropDatabase;
    }
}
