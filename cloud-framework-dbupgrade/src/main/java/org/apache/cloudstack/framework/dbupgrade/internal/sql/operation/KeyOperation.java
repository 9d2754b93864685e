package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.Optional;

/** Operations on indexes and constraints of a table. */
public sealed interface KeyOperation extends Operation {

    /** The table. */
    ObjectName table();

    /** Adds an index, a unique key or the primary key. */
    record AddIndex(ObjectName table, IndexDefinition index, boolean ifNotExists) implements KeyOperation {}

    /** Drops an index; the primary key is named PRIMARY. */
    record DropIndex(ObjectName table, String index, boolean ifExists) implements KeyOperation {}

    /** Gives an index another name. */
    record RenameIndex(ObjectName table, String index, String newName) implements KeyOperation {}

    /** Adds a foreign key; every row is checked. */
    record AddForeignKey(ObjectName table, ForeignKey foreignKey, boolean ifNotExists) implements KeyOperation {}

    /** Drops a foreign key. */
    record DropForeignKey(ObjectName table, String name, boolean ifExists) implements KeyOperation {}

    /** Adds a condition that every row is checked against. */
    record AddCheck(ObjectName table, Optional<String> name, Expression condition) implements KeyOperation {}

    /** Drops a constraint of which the statement does not say, or need not say, what it is. */
    record DropConstraint(ObjectName table, String name, boolean ifExists) implements KeyOperation {}
}
