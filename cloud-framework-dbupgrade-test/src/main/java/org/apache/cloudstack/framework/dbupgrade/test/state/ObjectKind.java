package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.util.Locale;

/** What can be in a database, in the order in which one may need the other to be created. */
enum ObjectKind {
    TABLE("Create Table"),
    FUNCTION("Create Function"),
    PROCEDURE("Create Procedure"),
    VIEW("Create View"),
    TRIGGER("SQL Original Statement"),
    EVENT("Create Event");

    private final String column;

    ObjectKind(String column) {
        this.column = column.toLowerCase(Locale.ROOT);
    }

    /** Where SHOW CREATE has the statement. */
    String column() {
        return column;
    }
}
