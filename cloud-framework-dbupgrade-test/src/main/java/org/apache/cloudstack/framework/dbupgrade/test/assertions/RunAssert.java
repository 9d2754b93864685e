package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;

/** Assertions about a plan and one step that it runs: {@code assertThat(plan).runs("4.5.3_A").after("4.6.0_A")}. */
public final class RunAssert extends PlanAssert {

    private final String step;

    RunAssert(Plan actual, String step) {
        super(actual);
        this.step = step;
    }

    /** The step is run later than this one, which is run too. */
    public RunAssert after(String other) {
        if (place(step) <= place(other)) {
            throw failure("The plan does not run " + step + " after " + other + ".\n" + new PlanText(actual));
        }
        return this;
    }

    /** The step is run earlier than this one, which is run too. */
    public RunAssert before(String other) {
        if (place(step) >= place(other)) {
            throw failure("The plan does not run " + step + " before " + other + ".\n" + new PlanText(actual));
        }
        return this;
    }

    private int place(String name) {
        runs(name);
        List<String> keys = actual.runs().stream()
                .map(each -> StoredProgramName.of(name).names(each.migration()) ? name : "")
                .toList();
        return IntStream.range(0, keys.size())
                .filter(place -> keys.get(place).equals(name))
                .findFirst()
                .orElseThrow();
    }
}
