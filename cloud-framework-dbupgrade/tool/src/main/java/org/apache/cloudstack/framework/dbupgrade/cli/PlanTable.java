package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.List;
import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.preflight.StepImpact;

/** A step of a plan as a row of a table for people. */
final class PlanTable {

    static final List<String> HEADINGS = List.of("migration", "phase", "kind", "rows", "how", "because");

    private PlanTable() {}

    static List<String> of(StepImpact step) {
        return List.of(
                step.step().migration().script(),
                phase(step.phase()),
                step.kind(),
                step.tables().isEmpty() ? "" : "~" + step.rows(),
                step.way() == AlterAlgorithm.PLAIN ? "" : step.way().toString(),
                step.reason());
    }

    /** What an interruption would leave to the operator, one line for each reason. */
    static List<String> leftToOperator(StepImpact step) {
        return step.leftToOperator().stream()
                .map(left -> step.step().migration().script() + ": " + left)
                .toList();
    }

    /** As it is written in a script. */
    static String phase(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }
}
