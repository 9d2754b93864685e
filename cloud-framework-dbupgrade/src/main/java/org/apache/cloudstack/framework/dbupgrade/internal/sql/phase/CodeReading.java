package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation.RoutineKind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;

/**
 * Reads operations on views and stored programs. What is dropped and then created in the same script is replaced.
 *
 * @param known what was there before
 * @param later what the script does after this statement
 */
record CodeReading(KnownSchema known, List<Operation> later) {

    FoundChange read(ObjectOperation operation) {
        if (operation instanceof ObjectOperation.CreateView view) {
            return created(view);
        }
        if (operation instanceof ObjectOperation.DropView drop) {
            return dropped(drop);
        }
        if (operation instanceof ObjectOperation.DropRoutine drop) {
            return dropped(drop);
        }
        return created((ObjectOperation.CreateRoutine) operation);
    }

    private FoundChange created(ObjectOperation.CreateView view) {
        ObjectName name = view.name();
        if (!known.isView(name)) {
            return FoundChange.of(CodeChange.CREATE_VIEW, name);
        }
        Optional<Set<String>> before = known.columnsOfView(name);
        if (known.isNewView(name)) {
            return FoundChange.ofNew(CodeChange.REPLACE_VIEW, name);
        }
        if (before.isEmpty() || view.columns().isEmpty()) {
            return FoundChange.unsure(CodeChange.NARROW_VIEW, name, "whether the view " + name + " keeps its columns");
        }
        boolean keepsAll = view.columns().get().containsAll(before.get());
        return FoundChange.of(keepsAll ? CodeChange.REPLACE_VIEW : CodeChange.NARROW_VIEW, name);
    }

    private FoundChange dropped(ObjectOperation.DropView drop) {
        ObjectName name = drop.name();
        Optional<FoundChange> replaced = later.stream()
                .filter(ObjectOperation.CreateView.class::isInstance)
                .map(ObjectOperation.CreateView.class::cast)
                .filter(view -> view.name().isSame(name))
                .findFirst()
                .map(this::created);
        return replaced.orElseGet(() -> known.isNewView(name)
                ? FoundChange.ofNew(CodeChange.DROP_VIEW, name)
                : FoundChange.of(CodeChange.DROP_VIEW, name));
    }

    private FoundChange dropped(ObjectOperation.DropRoutine drop) {
        boolean isReplaced = later.stream()
                .anyMatch(operation -> operation instanceof ObjectOperation.CreateRoutine create
                        && create.kind() == drop.kind()
                        && create.name().isSame(drop.name()));
        Change change =
                switch (drop.kind()) {
                    case PROCEDURE, FUNCTION -> isReplaced ? CodeChange.REPLACE_ROUTINE : CodeChange.DROP_ROUTINE;
                    case TRIGGER -> isReplaced ? CodeChange.CREATE_TRIGGER : CodeChange.DROP_TRIGGER;
                    case EVENT -> isReplaced ? CodeChange.CREATE_EVENT : CodeChange.DROP_EVENT;
                };
        return known.isNewProgram(drop.kind(), drop.name())
                ? FoundChange.ofNew(change, drop.name())
                : FoundChange.of(change, drop.name());
    }

    private FoundChange created(ObjectOperation.CreateRoutine create) {
        if (create.kind() == RoutineKind.TRIGGER) {
            boolean isOnNew = create.table().filter(known::isNewTable).isPresent();
            return isOnNew
                    ? FoundChange.ofNew(CodeChange.CREATE_TRIGGER, create.name())
                    : FoundChange.of(CodeChange.CREATE_TRIGGER, create.name());
        }
        return FoundChange.of(
                create.kind() == RoutineKind.EVENT ? CodeChange.CREATE_EVENT : CodeChange.CREATE_ROUTINE,
                create.name());
    }
}
