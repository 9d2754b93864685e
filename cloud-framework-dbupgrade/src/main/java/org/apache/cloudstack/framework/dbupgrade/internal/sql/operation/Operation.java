package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

/** What a statement does to a database; one statement can do several things, in order. */
public sealed interface Operation
        permits TableOperation,
                ColumnOperation,
                KeyOperation,
                RowOperation,
                ObjectOperation,
                DatabaseOperation,
                SessionOperation,
                UndecidedOperation {}
