package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;

/**
 * Which migrations are left to the background: those whose authors say so, but for what the server cannot do without. It can
 * do without steps that take something away, so these may need one.
 */
final class BackgroundMigrations {

    private BackgroundMigrations() {}

    static Set<Migration> in(List<Step> steps, PhaseResolver phasing) {
        if (steps.stream().noneMatch(step -> step.runs() && step.isInBackground())) {
            return Set.of();
        }
        List<Step> lastFirst = new ArrayList<>(steps.stream().filter(Step::runs).toList());
        Collections.reverse(lastFirst);
        List<Migration> indispensable = new ArrayList<>();
        Set<Migration> background = new HashSet<>();
        for (Step step : lastFirst) {
            Migration migration = step.migration();
            boolean canWait =
                    step.isInBackground() || phasing.phaseOf(migration).equals(Optional.of(Phase.CONTRACT));
            if (!canWait || indispensable.stream().anyMatch(later -> phasing.needs(later, migration))) {
                indispensable.add(migration);
            } else if (step.isInBackground()) {
                background.add(migration);
            }
        }
        return background;
    }
}
