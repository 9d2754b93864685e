package org.apache.cloudstack.framework.dbupgrade.preflight;

import java.util.Comparator;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;

/**
 * A step of a plan, with what it means.
 *
 * @param step the step
 * @param phase what its statements do to older nodes; of a Java migration what it declares, else {@link Phase#MIGRATE}
 * @param tables the tables that it changes and that exist already, the largest first
 * @param leftToOperator which statements an interruption would leave to the operator, and why, as one sentence for each reason
 */
public record StepImpact(Step step, Phase phase, List<TableImpact> tables, List<String> leftToOperator) {

    public StepImpact {
        leftToOperator = List.copyOf(leftToOperator);
        tables = tables.stream()
                .sorted(Comparator.comparingLong(TableImpact::bytes).reversed())
                .toList();
    }

    /** {@code SQL} or {@code Java}. */
    public String kind() {
        return step.migration().source() instanceof Source.Java ? "Java" : "SQL";
    }

    /** Why it is in the plan. */
    public String reason() {
        return switch (step.action()) {
            case RUN ->
                step.migration() instanceof VersionedMigration versioned
                        ? "release " + versioned.name().release() + " is not reached"
                        : step.again().isEmpty() ? "it is new or was changed" : "runs again: " + step.again();
            case RESUME -> "it was left half done";
            case ALREADY_APPLIED -> "its change came with another release";
            case BASELINE -> "other software brought it";
            case DEFERRED -> step.deferredUntil();
        };
    }

    /** How many rows there are in the tables that it changes. */
    public long rows() {
        return tables.stream().mapToLong(TableImpact::rows).sum();
    }

    /** How the server does its change that disturbs others most, among tables with rows. */
    public AlterAlgorithm way() {
        return tables.stream()
                .filter(table -> table.rows() > 0)
                .map(TableImpact::way)
                .max(Comparator.naturalOrder())
                .orElse(AlterAlgorithm.PLAIN);
    }
}
