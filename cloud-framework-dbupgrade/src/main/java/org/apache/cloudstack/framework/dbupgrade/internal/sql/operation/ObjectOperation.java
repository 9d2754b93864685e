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

    /**
     * Creates a view, or gives one another query; {@code columns} are empty when the query does not show them, and {@code
     * required} are columns that it reads for sure.
     */
    record CreateView(
            ObjectName name, boolean orReplace, Reads reads, Optional<Set<String>> columns, Set<Reads.Column> required)
            implements ObjectOperation {

        public CreateView {
            columns = columns.map(Set::copyOf);
            required = Set.copyOf(required);
        }

        /** A view whose columns are not known. */
        public CreateView(ObjectName name, boolean orReplace, Reads reads) {
            this(name, orReplace, reads, Optional.empty(), Set.of());
        }
    }

    /** Drops a view. */
    record DropView(ObjectName name, boolean ifExists) implements ObjectOperation {}

    /** Creates a stored program; {@code table} is the one that a trigger watches. */
    record CreateRoutine(RoutineKind kind, ObjectName name, Optional<ObjectName> table) implements ObjectOperation {}

    /** Drops a stored program. */
    record DropRoutine(RoutineKind kind, ObjectName name, boolean ifExists) implements ObjectOperation {}
}
