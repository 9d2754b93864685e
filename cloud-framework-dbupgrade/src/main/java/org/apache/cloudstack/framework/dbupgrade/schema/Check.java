package org.apache.cloudstack.framework.dbupgrade.schema;

import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * A condition that every row fulfils.
 *
 * @param name its name, unique in the database
 * @param condition its SQL
 */
public record Check(String name, String condition) implements TablePart {

    /** A named condition. */
    public static Check check(String name, String condition) {
        return new Check(name, condition);
    }

    String sql() {
        return "CONSTRAINT " + Identifier.quote(name) + " CHECK (" + condition + ")";
    }
}
