package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.Set;

/**
 * An expression over the columns of one table.
 *
 * @param text its SQL
 * @param columns the columns it names
 */
public record Expression(String text, Set<String> columns) {

    public Expression {
        columns = Set.copyOf(columns);
    }
}
