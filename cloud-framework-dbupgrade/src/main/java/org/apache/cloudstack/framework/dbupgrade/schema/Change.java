package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.sql.Phase;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.Operation;

/**
 * One statement.
 *
 * @param sql its text, without a delimiter
 * @param operations what it does, in order: what would be read from the text; names without a database have an empty one
 * @param half the phase of the half of a rename that it is part of
 */
public record Change(String sql, List<Operation> operations, Optional<Phase> half) {

    Change(String sql, List<Operation> operations) {
        this(sql, operations, Optional.empty());
    }

    Change partOf(Phase its) {
        return new Change(sql, operations, Optional.of(its));
    }

    public Change {
        operations = List.copyOf(operations);
    }
}
