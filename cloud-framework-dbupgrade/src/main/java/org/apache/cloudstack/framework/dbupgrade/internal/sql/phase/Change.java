package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.Locale;

/** A kind of change: a row of the table, by a name. */
public sealed interface Change permits ColumnChange, TypeChange, KeyChange, TableChange, CodeChange, RowChange {

    /** The name of the constant. */
    String name();

    /** What the table says of it. */
    Row row();

    /** Its name in the documentation: lower case with dashes. */
    default String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
