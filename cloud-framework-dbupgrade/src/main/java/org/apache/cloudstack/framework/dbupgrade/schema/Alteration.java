package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;

/**
 * One clause of {@code ALTER TABLE}.
 *
 * @param clause its text
 * @param operation what it does
 */
record Alteration(String clause, Operation operation) {

    /**
     * Some in one statement.
     *
     * @param copying whether the server may copy the table or close it meanwhile: a statement that names the way itself is
     *     sent as it stands
     */
    static Change statement(ObjectName table, boolean copying, List<Alteration> alterations) {
        return new Change(
                "ALTER TABLE " + DatabaseNames.quoted(table) + (copying ? " ALGORITHM=DEFAULT, " : " ")
                        + alterations.stream().map(Alteration::clause).collect(Collectors.joining(", ")),
                alterations.stream().map(Alteration::operation).toList());
    }
}
