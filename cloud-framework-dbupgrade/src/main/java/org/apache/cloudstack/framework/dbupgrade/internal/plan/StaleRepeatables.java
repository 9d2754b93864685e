package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Clash;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;

/**
 * Repeatables that are as they were when they ran, and have to run again all the same: servers keep the columns that a view had
 * when it was created, and drop a table together with its triggers.
 */
final class StaleRepeatables {

    private static final Set<Kind> OBJECTS =
            Set.of(Kind.TABLE, Kind.VIEW, Kind.COLUMN, Kind.PROCEDURE, Kind.FUNCTION, Kind.TRIGGER, Kind.EVENT);

    private final RepeatableReading reading;

    StaleRepeatables(RepeatableReading reading) {
        this.reading = reading;
    }

    /**
     * Adds those that are stale to the steps that run after the versioned migrations.
     *
     * @param versioned what runs before them
     * @param planned the steps of repeatables that were planned already, by key
     * @param ordered all repeatables of the target, in the order in which they run
     */
    List<Step> with(List<Step> versioned, Map<String, Step> planned, List<RepeatableMigration> ordered) {
        List<Step> result = new ArrayList<>();
        List<Migration> changers = new ArrayList<>(
                versioned.stream().filter(Step::runs).map(Step::migration).toList());
        for (RepeatableMigration repeatable : ordered) {
            Optional<Step> step = Optional.ofNullable(planned.get(repeatable.key()))
                    .or(() -> changers.stream()
                            .flatMap(changer -> reason(repeatable, changer).stream())
                            .findFirst()
                            .map(why -> new Step(repeatable, Action.RUN).again(why)));
            step.ifPresent(result::add);
            step.filter(Step::runs).map(Step::migration).ifPresent(changers::add);
        }
        return result;
    }

    private Optional<String> reason(RepeatableMigration repeatable, Migration changer) {
        Footprint watched = watched(repeatable);
        if (watched.reads().isEmpty() && watched.writes().isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Analysis>> statements = reading.statements(changer);
        boolean isUnknown = statements.isEmpty()
                || statements.get().stream().anyMatch(each -> each.unknown().isPresent());
        Footprint changes = new Footprint(
                Set.of(),
                statements.stream()
                        .flatMap(List::stream)
                        .flatMap(each -> each.footprint().writes().stream())
                        .filter(object -> OBJECTS.contains(object.kind()))
                        .collect(Collectors.toSet()),
                Map.of());
        Optional<SchemaObject> changed = watched.clashWith(changes).map(Clash::object);
        return changed.map(object -> changer.script() + " changes the " + object)
                .or(() -> isUnknown && !watched.reads().isEmpty()
                        ? Optional.of(changer.script() + " may change what it reads")
                        : Optional.empty());
    }

    /** What its views read, the tables of its triggers, and whatever it makes. */
    private Footprint watched(RepeatableMigration repeatable) {
        Footprint watched = new Footprint(Set.of(), reading.made(repeatable), Map.of());
        for (Operation operation : reading.operations(repeatable).toList()) {
            boolean isBound = operation instanceof ObjectOperation.CreateView
                    || operation instanceof ObjectOperation.CreateRoutine routine
                            && routine.table().isPresent();
            if (isBound) {
                watched = watched.plus(new Footprint(
                        Footprint.of(operation).reads().stream()
                                .filter(object -> OBJECTS.contains(object.kind()))
                                .filter(object -> !reading.made(repeatable).contains(object))
                                .collect(Collectors.toSet()),
                        Set.of(),
                        Map.of()));
            }
        }
        return watched;
    }
}
