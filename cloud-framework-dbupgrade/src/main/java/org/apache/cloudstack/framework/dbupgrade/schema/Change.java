package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;

/**
 * One statement.
 *
 * @param sql its text, without a delimiter
 * @param operations what it does, in order: what would be read from the text; names without a database have an empty one
 * @param half the phase of the half of a rename that it is part of
 * @param copyWith the executable that is to make it, where the server would copy the table
 */
public record Change(String sql, List<Operation> operations, Optional<Phase> half, Optional<CopyTool> copyWith) {

    Change(String sql, List<Operation> operations) {
        this(sql, operations, Optional.empty(), Optional.empty());
    }

    Change(String sql, List<Operation> operations, Optional<Phase> half) {
        this(sql, operations, half, Optional.empty());
    }

    Change partOf(Phase its) {
        return new Change(sql, operations, Optional.of(its), copyWith);
    }

    Change copiedWith(Optional<CopyTool> tool) {
        return new Change(sql, operations, half, tool);
    }

    public Change {
        operations = List.copyOf(operations);
    }
}
