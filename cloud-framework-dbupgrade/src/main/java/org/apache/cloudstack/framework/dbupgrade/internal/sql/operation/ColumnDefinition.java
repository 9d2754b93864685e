package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.Optional;

/**
 * A column, as CREATE TABLE and ALTER TABLE define it. Keys that are written after it are operations of their own.
 *
 * @param name its name, without quotes
 * @param type its type with length, sign, character set and collation, as SQL
 * @param nullable whether it takes NULL
 * @param defaultValue the SQL of its default, when one is written
 * @param onUpdate the SQL after ON UPDATE
 * @param autoIncrement whether the server counts it up
 * @param generated the expression of a generated column
 * @param comment its comment, without quotes
 * @param stored whether a generated column is kept with the row, rather than computed when it is read
 */
public record ColumnDefinition(
        String name,
        String type,
        boolean nullable,
        Optional<String> defaultValue,
        Optional<String> onUpdate,
        boolean autoIncrement,
        Optional<Expression> generated,
        Optional<String> comment,
        boolean stored) {

    /** A column that is no stored generated one. */
    public ColumnDefinition(
            String name,
            String type,
            boolean nullable,
            Optional<String> defaultValue,
            Optional<String> onUpdate,
            boolean autoIncrement,
            Optional<Expression> generated,
            Optional<String> comment) {
        this(name, type, nullable, defaultValue, onUpdate, autoIncrement, generated, comment, false);
    }

    /** A column with a name, a type and nothing else. */
    public ColumnDefinition(String name, String type, boolean nullable) {
        this(name, type, nullable, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    /** Whether a strict server refuses a new row that does not name this column. */
    public boolean required() {
        return !nullable && defaultValue.isEmpty() && !autoIncrement && generated.isEmpty();
    }
}
