package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.Locale;

/** What a schema is made of. */
public enum SchemaKind {
    DATABASE,
    TABLE,
    COLUMN,
    /** The order of the columns that both sides have. */
    COLUMN_ORDER,
    INDEX,
    FOREIGN_KEY,
    CHECK,
    VIEW,
    TRIGGER,
    PROCEDURE,
    FUNCTION;

    /** In words: {@code foreign key}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
