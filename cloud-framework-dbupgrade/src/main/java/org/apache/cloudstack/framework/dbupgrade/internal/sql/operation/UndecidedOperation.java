package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

/** Operations of which the statement does not show what they change. */
public sealed interface UndecidedOperation extends Operation {

    /** Calls a procedure. */
    record CallProcedure(ObjectName procedure, Reads reads) implements UndecidedOperation {}

    /** Runs a prepared statement. */
    record ExecutePrepared(String name) implements UndecidedOperation {}

    /** Anything else, such as accounts and privileges; {@code what} says what. */
    record Other(String what) implements UndecidedOperation {}
}
