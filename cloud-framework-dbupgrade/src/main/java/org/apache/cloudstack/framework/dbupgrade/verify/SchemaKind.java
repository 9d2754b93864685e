package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.Arrays;
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

    /**
     * The kind in words.
     *
     * @throws IllegalArgumentException when there is none
     */
    static SchemaKind of(String words) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(words))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no kind '" + words + "'"));
    }

    /** Whether such things are in a table. */
    boolean isOfTable() {
        return this == COLUMN || this == INDEX || this == FOREIGN_KEY || this == CHECK || this == TRIGGER;
    }

    /** In words: {@code foreign key}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
