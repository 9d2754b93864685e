package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

/** Operations on a column of a table. */
public sealed interface ColumnOperation extends Operation {

    /** The table. */
    ObjectName table();

    /** The name of the column before the operation, for a new one after it. */
    String column();

    /** Adds a column. */
    record AddColumn(ObjectName table, ColumnDefinition definition, ColumnPosition position, boolean ifNotExists)
            implements ColumnOperation {

        @Override
        public String column() {
            return definition.name();
        }
    }

    /** Drops a column with its values. */
    record DropColumn(ObjectName table, String column, boolean ifExists) implements ColumnOperation {}

    /** Redefines a column (MODIFY, CHANGE), perhaps under another name. */
    record ChangeColumn(
            ObjectName table, String column, ColumnDefinition definition, ColumnPosition position, boolean ifExists)
            implements ColumnOperation {

        /** Whether the column gets another name. */
        public boolean renames() {
            return !column.equalsIgnoreCase(definition.name());
        }
    }

    /** Gives a column another name and leaves its definition. */
    record RenameColumn(ObjectName table, String column, String newName) implements ColumnOperation {}

    /** Sets the default of a column. */
    record SetDefault(ObjectName table, String column, String value) implements ColumnOperation {}

    /** Takes the default of a column. */
    record DropDefault(ObjectName table, String column) implements ColumnOperation {}
}
