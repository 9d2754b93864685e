package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.Operation;

/**
 * One statement.
 *
 * @param sql its text, without a delimiter
 * @param operations what it does, in order: what would be read from the text; names without a database have an empty one
 */
public record Change(String sql, List<Operation> operations) {

    public Change {
        operations = List.copyOf(operations);
    }
}
