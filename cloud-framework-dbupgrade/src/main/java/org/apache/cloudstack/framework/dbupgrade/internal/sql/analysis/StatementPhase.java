package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.UndecidedOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.FoundChange;

/**
 * A statement with what it means for older nodes.
 *
 * @param statement the statement, with what is known of it
 * @param operations the changes that each of its operations makes
 */
public record StatementPhase(Analysis statement, List<List<FoundChange>> operations) {

    public StatementPhase {
        operations = operations.stream().map(List::copyOf).toList();
    }

    /** All changes it makes, in order. */
    public List<FoundChange> changes() {
        return operations.stream().flatMap(List::stream).toList();
    }

    /**
     * When it may happen: as late as the latest of its changes. Empty when nobody else notices it; {@link Phase#CONTRACT}
     * when what it does is not known.
     */
    public Optional<Phase> phase() {
        return isUnknown()
                ? Optional.of(Phase.CONTRACT)
                : Phases.latest(changes().stream().map(FoundChange::phase));
    }

    /** Whether it must wait although that is not known for sure. */
    public boolean isUnsure() {
        return phase().equals(Optional.of(Phase.CONTRACT))
                && changes().stream().noneMatch(change -> change.phase() == Phase.CONTRACT && change.sure());
    }

    /** Why it has its phase: what it does, and what older nodes see of that. */
    public String reason() {
        Optional<Phase> phase = phase();
        if (isUnknown()) {
            return statement.unknown().orElse("what it does is not known") + ", so declare its phase";
        }
        return changes().stream()
                .filter(change -> Optional.of(change.phase()).equals(phase))
                .findFirst()
                .map(change -> change.text() + ": " + change.why())
                .orElse("");
    }

    /** Whether it takes something away and does something else in addition, as a statement with several parts can. */
    public boolean isMixed() {
        return operations.stream()
                        .map(changes -> Phases.latest(changes.stream().map(FoundChange::phase)))
                        .flatMap(Optional::stream)
                        .map(phase -> phase == Phase.CONTRACT)
                        .distinct()
                        .count()
                > 1;
    }

    private boolean isUnknown() {
        boolean isUndecided = statement.operations().stream().anyMatch(UndecidedOperation.class::isInstance);
        return isUndecided
                || statement.operations().isEmpty() && statement.unknown().isPresent();
    }
}
