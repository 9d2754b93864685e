package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

/** Operations on whole databases. */
public sealed interface DatabaseOperation extends Operation {

    /** The database. */
    String schema();

    /** Creates a database. */
    record CreateDatabase(String schema, boolean ifNotExists) implements DatabaseOperation {}

    /** Changes the defaults of a database. */
    record AlterDatabase(String schema) implements DatabaseOperation {}

    /** Drops a database with all it holds. */
    record DropDatabase(String schema, boolean ifExists) implements DatabaseOperation {}
}
