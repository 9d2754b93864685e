package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnPosition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * Checks what can be said of a part of a table without knowing the others.
 *
 * @param table the table, for messages
 */
record PartCheck(ObjectName table) {

    void check(TablePart part) {
        if (part instanceof Column column) {
            Optional<String> position = column.position() instanceof ColumnPosition.After after
                    ? DatabaseNames.objection(after.column())
                    : Optional.empty();
            refuse("column " + column.name(), column.objection().or(() -> position));
            read("column " + column.name(), column::readExpressions);
        } else if (part instanceof Index index) {
            refuse(index.label(), index.objection());
        } else if (part instanceof Reference reference) {
            refuse("foreign key " + reference.name(), reference.objection());
        } else if (part instanceof Check check) {
            refuse("check " + check.name(), DatabaseNames.objection(check.name()));
            read("check " + check.name(), () -> new WrittenSql(check.condition()).condition());
        } else if (part instanceof TableOptions options) {
            refuse("options", options.objection());
        }
    }

    private void refuse(String part, Optional<String> objection) {
        objection.ifPresent(problem -> {
            throw wrong(table, part, problem);
        });
    }

    /** An expression is read when it is asked for, and does not know where it stands. */
    private void read(String part, Runnable reading) {
        try {
            reading.run();
        } catch (SchemaException e) {
            throw wrong(table, part, String.valueOf(e.getMessage()));
        }
    }

    static SchemaException wrong(ObjectName table, String part, String problem) {
        return new SchemaException("table " + table + (part.isEmpty() ? "" : ", " + part) + ": " + problem);
    }
}
