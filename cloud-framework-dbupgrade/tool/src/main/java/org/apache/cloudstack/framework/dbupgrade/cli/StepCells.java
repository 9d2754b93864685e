package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.List;
import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.preview.PreviewedStep;
import org.apache.cloudstack.framework.dbupgrade.sql.Phase;
import org.apache.cloudstack.framework.dbupgrade.sql.phase.Way;

/** A step of a plan as a row of a table for people. */
final class StepCells {

    static final List<String> HEADINGS = List.of("migration", "phase", "kind", "rows", "how", "because");

    private StepCells() {}

    static List<String> of(PreviewedStep step) {
        return List.of(
                step.step().routine().script(),
                phase(step.phase()),
                step.kind(),
                step.tables().isEmpty() ? "" : "~" + step.rows(),
                step.way() == Way.PLAIN ? "" : step.way().toString(),
                step.reason());
    }

    /** What an interruption would leave to the operator, one line for each reason. */
    static List<String> leftToOperator(PreviewedStep step) {
        return step.leftToOperator().stream()
                .map(left -> step.step().routine().script() + ": " + left)
                .toList();
    }

    /** As it is written in a script. */
    static String phase(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }
}
