package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.List;
import java.util.Map;

/** Operations on a table as a whole. */
public sealed interface TableOperation extends Operation {

    /** The table. */
    ObjectName table();

    /** Creates a table; {@code checks} are the expressions its rows must fulfil. */
    record CreateTable(
            ObjectName table,
            List<ColumnDefinition> columns,
            List<IndexDefinition> indexes,
            List<ForeignKey> foreignKeys,
            List<Expression> checks,
            Map<String, String> options,
            boolean ifNotExists,
            boolean temporary)
            implements TableOperation {

        public CreateTable {
            columns = List.copyOf(columns);
            indexes = List.copyOf(indexes);
            foreignKeys = List.copyOf(foreignKeys);
            checks = List.copyOf(checks);
            options = Map.copyOf(options);
        }
    }

    /** Creates a table of the same shape as another. */
    record CreateTableLike(ObjectName table, ObjectName source, boolean ifNotExists) implements TableOperation {}

    /** Creates a table from what a query finds; columns that are defined beside it come first. */
    record CreateTableAsSelect(
            ObjectName table,
            List<ColumnDefinition> columns,
            Reads reads,
            Map<String, String> options,
            boolean ifNotExists,
            boolean temporary)
            implements TableOperation {

        public CreateTableAsSelect {
            columns = List.copyOf(columns);
            options = Map.copyOf(options);
        }
    }

    /** Drops a table with its rows. */
    record DropTable(ObjectName table, boolean ifExists, boolean temporary) implements TableOperation {}

    /** Gives a table another name, possibly in another database. */
    record RenameTable(ObjectName table, ObjectName newName) implements TableOperation {}

    /** Takes all rows. */
    record TruncateTable(ObjectName table) implements TableOperation {}

    /**
     * Sets options of a table, such as {@code engine}, {@code charset}, {@code collate}, {@code comment} and
     * {@code auto_increment}, by lower-case name; {@code convertsColumns} when its text is rewritten so.
     */
    record ChangeTableOptions(ObjectName table, Map<String, String> options, boolean convertsColumns)
            implements TableOperation {

        public ChangeTableOptions {
            options = Map.copyOf(options);
        }
    }

    /** Changes how a table is stored in a way that is not looked into, such as its partitions. */
    record ReshapeTable(ObjectName table, String what) implements TableOperation {}

    /** Looks after a table without changing what it holds: ANALYZE, OPTIMIZE, CHECK. */
    record MaintainTable(ObjectName table) implements TableOperation {}
}
