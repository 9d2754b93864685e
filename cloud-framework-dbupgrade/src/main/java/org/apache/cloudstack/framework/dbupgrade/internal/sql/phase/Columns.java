package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;

/** Columns as operations leave them. */
final class Columns {

    private static final String SAID_OF_TEXT =
            "(?i)\\s+(?:(?:character\\s+set|charset|collate)\\s+['`]?\\w+['`]?|binary\\b)";

    private Columns() {}

    static ColumnDefinition renamed(ColumnDefinition column, String name) {
        return new ColumnDefinition(
                name,
                column.type(),
                column.nullable(),
                column.defaultValue(),
                column.onUpdate(),
                column.autoIncrement(),
                column.generated(),
                column.comment(),
                column.stored());
    }

    /** A column that keeps the text it had by the defaults of its table, when those change. */
    static ColumnDefinition withTextOf(ColumnDefinition column, Optional<String> charset, Optional<String> collation) {
        ColumnType type = ColumnType.of(column.type());
        if (!type.isText()
                || type.charset().isPresent()
                || type.effectiveCharset().isPresent()) {
            return column;
        }
        String said = charset.map(name -> " CHARACTER SET " + name).orElse("")
                + (type.collation().isPresent()
                        ? ""
                        : collation.map(name -> " COLLATE " + name).orElse(""));
        return withType(column, column.type() + (said.isEmpty() ? " CHARACTER SET " + Charsets.UNKNOWN : said));
    }

    /** A column whose text is as the table says. */
    static ColumnDefinition withTextOfTable(ColumnDefinition column) {
        return ColumnType.of(column.type()).isText()
                ? withType(column, column.type().replaceAll(SAID_OF_TEXT, ""))
                : column;
    }

    private static ColumnDefinition withType(ColumnDefinition column, String type) {
        return new ColumnDefinition(
                column.name(),
                type,
                column.nullable(),
                column.defaultValue(),
                column.onUpdate(),
                column.autoIncrement(),
                column.generated(),
                column.comment(),
                column.stored());
    }

    static ColumnDefinition withDefault(ColumnDefinition column, Optional<String> value) {
        return new ColumnDefinition(
                column.name(),
                column.type(),
                column.nullable(),
                value,
                column.onUpdate(),
                column.autoIncrement(),
                column.generated(),
                column.comment(),
                column.stored());
    }
}
