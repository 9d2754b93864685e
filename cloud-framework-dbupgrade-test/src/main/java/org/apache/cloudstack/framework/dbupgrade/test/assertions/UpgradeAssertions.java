package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.preflight.PlanImpact;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * Where assertions about upgrades start. It has all of AssertJ's own, so that one import is enough:
 *
 * <pre>{@code
 * import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.*;
 *
 * assertThat(database).isAt("4.7.0").hasTable("vpc").withColumn("redundant").ofType("tinyint(1)").notNull();
 * assertThat(plan).runs("4.5.3_A").after("4.6.0_A");
 * assertRefused(() -> database.upgrade("4.6.0")).because(FindingCode.CHANGE_NOT_IN_TARGET).mentions("4.6.1");
 * }</pre>
 */
public class UpgradeAssertions extends Assertions {

    /** Nobody makes one; a class of a project's own assertions may extend it. */
    protected UpgradeAssertions() {}

    /** Starts assertions about what is in the databases. The schema is read once, when it is first asked for. */
    public static DatabaseAssert assertThat(MigratedDatabase actual) {
        return new DatabaseAssert(actual);
    }

    /** Starts assertions about the steps of a plan. */
    public static PlanAssert assertThat(Plan actual) {
        return new PlanAssert(actual);
    }

    /** Starts assertions about the plan of a preview. */
    public static PlanAssert assertThat(PlanImpact actual) {
        return new PlanAssert(actual.plan());
    }

    /** Starts assertions about the reasons of a refusal. */
    public static FindingsAssert assertThat(Refusal actual) {
        return new FindingsAssert(actual.findings());
    }

    /** Starts assertions about what planning ended in. */
    public static PlannedAssert assertThat(PlanResult actual) {
        return new PlannedAssert(actual);
    }

    /** Starts assertions about what an upgrade would do now. Nothing is changed. */
    public static PlannedAssert assertThat(DatabaseUpgrade actual) {
        return new PlannedAssert(planned(actual));
    }

    /**
     * Makes sure that a call is refused before anything is changed, and starts assertions about the reasons.
     *
     * @param call such as {@code () -> database.upgrade("4.6.0")}
     */
    public static FindingsAssert assertRefused(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        if (thrown instanceof UpgradeRefusedException refusal) {
            return new FindingsAssert(refusal.findings());
        }
        throw otherEnd("A refusal", thrown);
    }

    /**
     * Makes sure that a call starts an upgrade and stops, and starts assertions about the reasons.
     *
     * @param call such as {@code () -> database.upgrade("4.6.0")}
     */
    public static FindingsAssert assertStopped(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        if (thrown instanceof UpgradeFailedException failure) {
            return new FindingsAssert(failure.findings());
        }
        throw otherEnd("An upgrade that stops", thrown);
    }

    private static AssertionError otherEnd(String expected, @Nullable Throwable thrown) {
        String found = thrown == null ? "the call went through." : "the call ended with\n" + thrown;
        return new AssertionError(expected + " is expected, and " + found, thrown);
    }

    private static PlanResult planned(DatabaseUpgrade upgrade) {
        try {
            return upgrade.preview().plan();
        } catch (UpgradeRefusedException e) {
            return new Refusal(e.findings());
        }
    }
}
