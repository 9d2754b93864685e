package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.Set;

/** Operations that the session alone notices. */
public sealed interface SessionOperation extends Operation {

    /** Makes a database the current one. */
    record UseDatabase(String schema) implements SessionOperation {}

    /** Sets variables and settings of the session, or of the server when {@code global}. */
    record SetVariables(Set<String> names, boolean global, Reads reads) implements SessionOperation {

        public SetVariables {
            names = Set.copyOf(names);
        }
    }

    /** Starts or ends a transaction or a lock. */
    record ControlTransaction(String words) implements SessionOperation {}

    /** Makes a statement from text, or forgets it; nothing runs yet. */
    record PrepareStatement(String name) implements SessionOperation {}

    /** Calls a procedure whose body is known; what that does are operations of their own. */
    record CallKnown(ObjectName procedure, Reads reads) implements SessionOperation {}
}
