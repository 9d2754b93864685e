package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.Optional;
import java.util.Set;

/** Operations on views, routines, triggers and events. */
public sealed interface ObjectOperation extends Operation {

    /** The object. */
    ObjectName name();

    /** Kinds of stored programs. */
    enum RoutineKind {
        PROCEDURE,
        FUNCTION,
        TRIGGER,
        EVENT
    }

    /** Creates a view, or gives one another query; {@code columns} are empty when the query does not show them. */
    record CreateView(ObjectName name, boolean orReplace, Reads reads, Optional<Set<String>> columns)
            implements ObjectOperation {

        public CreateView {
            columns = columns.map(Set::copyOf);
        }

        /** A view whose columns are not known. */
        public CreateView(ObjectName name, boolean orReplace, Reads reads) {
            this(name, orReplace, reads, Optional.empty());
        }
    }

    /** Drops a view. */
    record DropView(ObjectName name, boolean ifExists) implements ObjectOperation {}

    /** Creates a stored program; {@code table} is the one that a trigger watches. */
    record CreateRoutine(RoutineKind kind, ObjectName name, Optional<ObjectName> table) implements ObjectOperation {}

    /** Drops a stored program. */
    record DropRoutine(RoutineKind kind, ObjectName name, boolean ifExists) implements ObjectOperation {}
}
