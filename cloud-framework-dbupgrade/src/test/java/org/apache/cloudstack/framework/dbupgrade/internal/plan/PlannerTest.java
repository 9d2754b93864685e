package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationFixtures;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;

class PlannerTest {

    /**
     * <pre>
     * 4.5.2 --- 4.5.3 ------.
     *    \                    \
     *     4.6.0 ------------- 4.6.1 --- 4.7.0
     * </pre>
     */
    private final Timeline lines = new Timeline()
            .release("4.5.2", "", "A:base")
            .release("4.5.3", "4.5.2", "A:patch")
            .release("4.6.0", "4.5.2", "A:six", "B:more")
            .release("4.6.1", "4.6.0, 4.5.3", "A:join")
            .release("4.7.0", "4.6.1", "A:seven");

    @Test
    void aFreshInstallRunsAllThatTheReleaseContains() {
        assertThat(lines.steps("", "4.5.3")).containsExactly("4.5.2_A", "4.5.3_A");
        assertThat(lines.steps("", "4.6.0")).containsExactly("4.5.2_A", "4.6.0_A", "4.6.0_B");
        assertThat(lines.steps("", "4.7.0"))
                .containsExactly("4.5.2_A", "4.5.3_A", "4.6.0_A", "4.6.0_B", "4.6.1_A", "4.7.0_A");
    }

    @Test
    void aPatchReleaseFindsItsWayForward() {
        assertThat(lines.steps("4.5.2", "4.5.3")).containsExactly("4.5.3_A");
        assertThat(Timeline.steps(lines.plan(lines.at("4.5.2", "4.5.3"), "4.7.0")))
                .containsExactly("4.6.0_A", "4.6.0_B", "4.6.1_A", "4.7.0_A");
    }

    @Test
    void changesOfAnOlderLineAreInterleavedAfterThoseOfTheNewer() {
        assertThat(lines.steps("4.6.0", "4.7.0")).containsExactly("4.5.3_A", "4.6.1_A", "4.7.0_A");
    }

    @Test
    void aReleaseThatLacksAChangeOfTheDatabaseIsRefusedWithThoseThatWouldDo() {
        assertThat(refusal(lines.plan(lines.at("4.5.3"), "4.6.0")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(FindingCode.CHANGE_NOT_IN_TARGET);
                    assertThat(finding.problem()).contains("V_4.5.3_A.sql", "4.5.3", "4.6.0");
                    assertThat(finding.remedy()).contains("contains it: 4.6.1.");
                });
    }

    @Test
    void whereNoReleaseWouldDoTheRefusalSaysSo() {
        Timeline forgotten = new Timeline()
                .release("4.5.2", "", "A:base")
                .release("4.5.3", "4.5.2", "A:patch")
                .release("4.6.0", "4.5.2", "A:six");

        assertThat(refusal(forgotten.plan(forgotten.at("4.5.3"), "4.6.0")))
                .singleElement()
                .extracting(Finding::remedy)
                .asString()
                .contains("No release after 4.6.0");
    }

    @Test
    void aChangeWithoutStatementsIsMissedByNobody() {
        Timeline empty = new Timeline()
                .release("4.5.2", "", "A:base")
                .release("4.5.3", "4.5.2", "A:-- only a word")
                .release("4.6.0", "4.5.2", "A:six");

        assertThat(Timeline.steps(empty.plan(empty.at("4.5.3"), "4.6.0"))).containsExactly("4.6.0_A");
    }

    @Test
    void aBackportIsRunOnceAndRecordedForTheOthers() {
        Timeline backport = new Timeline()
                .release("4.5.2", "", "A:base")
                .release("4.5.3", "4.5.2", "A:fix")
                .release("4.6.0", "4.5.2", "A:six")
                .release("4.6.1", "4.6.0", "A:fix")
                .release("4.7.0", "4.6.1, 4.5.3", "A:seven", "B:fix");

        assertThat(Timeline.steps(backport.plan(backport.at("4.5.3"), "4.6.1")))
                .as("4.6.1 carries the change under its own name")
                .containsExactly("4.6.0_A", "=4.6.1_A");
        assertThat(backport.steps("4.6.0", "4.7.0")).containsExactly("4.5.3_A", "=4.6.1_A", "4.7.0_A", "4.7.0_B");
        assertThat(backport.steps("4.6.1", "4.7.0"))
                .as("a release that repeats what all it joins have means it again")
                .containsExactly("=4.5.3_A", "4.7.0_A", "4.7.0_B");
        assertThat(refusal(backport.plan(backport.at("4.5.3"), "4.6.0")))
                .singleElement()
                .extracting(Finding::remedy)
                .asString()
                .contains("4.6.1");
    }

    @Test
    void aStepThatOnlyRecordsWaitsWithTheOneThatRuns() {
        String contract = ":-- dbupgrade: phase=contract\ndrop";
        Timeline lines = new Timeline()
                .release("4.5.2", "", "A:base")
                .release("4.5.3", "4.5.2", "A" + contract)
                .release("4.6.0", "4.5.2", "A:six")
                .release("4.6.1", "4.6.0", "A" + contract)
                .release("4.7.0", "4.6.1, 4.5.3");
        ClusterView older =
                new ClusterView(RollingMode.AUTO, List.of(new Node("old", Optional.of(ReleaseVersion.of("4.5.2")))));

        PlanResult planned = new Planner(lines.migrations(), ReleaseVersion.of("4.7.0"), ConflictCheck.NONE)
                .among(older, PhaseResolver.DECLARED)
                .plan(lines.at("4.5.2"), Optional.empty());

        assertThat(Timeline.steps(planned)).contains("#4.5.3_A", "#4.6.1_A");
    }

    @Test
    void aTargetOlderThanTheDatabaseIsRefused() {
        assertThat(refusal(lines.plan(lines.at("4.7.0"), "4.6.1")))
                .extracting(Finding::code)
                .containsExactly(FindingCode.DATABASE_NEWER);
    }

    @Test
    void aChangeNobodyKnowsIsRefused() {
        Timeline others = new Timeline().release("4.5.2", "", "A:base", "B:secret");

        assertThat(refusal(lines.plan(others.at("4.5.2"), "4.7.0")))
                .extracting(Finding::code)
                .containsExactly(FindingCode.APPLIED_MIGRATION_MISSING);
    }

    @Test
    void changedRemovedAndRenamedAreToldApart() {
        Timeline old = new Timeline().release("4.5.2", "", "A:base", "B:moves", "C:goes", "D:changes");
        Timeline now = new Timeline().release("4.5.2", "", "A:base", "D:changed", "E:moves");

        assertThat(refusal(now.plan(old.at("4.5.2"), "4.5.2")))
                .extracting(Finding::code)
                .containsExactly(
                        FindingCode.APPLIED_MIGRATION_RENAMED,
                        FindingCode.APPLIED_MIGRATION_MISSING,
                        FindingCode.APPLIED_MIGRATION_CHANGED);
    }

    @Test
    void aContentMayBeSuperseded() {
        Timeline old = new Timeline().release("4.5.2", "", "A:base", "B:first try");
        Timeline now = new Timeline()
                .release(
                        "4.5.2",
                        "",
                        "A:base",
                        "B:-- dbupgrade: supersedes=" + MigrationFixtures.changeId("first try")
                                + " because it failed on empty tables\nsecond try")
                .release("4.6.0", "4.5.2", "A:six");

        assertThat(Timeline.steps(now.plan(old.at("4.5.2"), "4.6.0"))).containsExactly("4.6.0_A");
        assertThat(now.steps("", "4.6.0")).containsExactly("4.5.2_A", "4.5.2_B", "4.6.0_A");
    }

    @Test
    void whatWasLeftHalfDoneIsResumedFirst() {
        DatabaseState halfDone = States.failed(lines.at("4.6.0"), MigrationFixtures.script("V_4.6.1_A", "join"));

        assertThat(Timeline.steps(lines.plan(halfDone, "4.7.0"))).containsExactly(">4.6.1_A", "4.5.3_A", "4.7.0_A");
    }

    @Test
    void aHalfDoneMigrationMayHaveBeenRepaired() {
        DatabaseState halfDone =
                States.failed(lines.at("4.6.0"), MigrationFixtures.script("V_4.6.1_A", "join, but broken"));

        assertThat(Timeline.steps(lines.plan(halfDone, "4.6.1"))).containsExactly(">4.6.1_A", "4.5.3_A");
    }

    @Test
    void codeThatLacksAHalfDoneMigrationIsRefused() {
        DatabaseState halfDone = States.failed(lines.at("4.5.2"), MigrationFixtures.script("V_4.5.3_A", "patch"));

        assertThat(refusal(lines.plan(halfDone, "4.6.0")))
                .extracting(Finding::code)
                .containsExactly(FindingCode.CHANGE_NOT_IN_TARGET);
    }

    @Test
    void aDatabaseTakenOverHasAllThatItsReleaseContains() {
        assertThat(Timeline.steps(lines.plan(new DatabaseState.Legacy(ReleaseVersion.of("4.5.3"), "version"), "4.7.0")))
                .containsExactly("!4.5.2_A", "!4.5.3_A", "4.6.0_A", "4.6.0_B", "4.6.1_A", "4.7.0_A");
        assertThat(refusal(lines.plan(new DatabaseState.Legacy(ReleaseVersion.of("4.5.3"), "version"), "4.6.0")))
                .extracting(Finding::code)
                .containsExactly(FindingCode.CHANGE_NOT_IN_TARGET);
    }

    @Test
    void aDatabaseOfAReleaseThatIsNotDeclaredIsTakenOverOnlyWithinItsLine() {
        assertThat(lines.plan(new DatabaseState.Legacy(ReleaseVersion.of("4.5.4"), "version"), "4.7.0"))
                .isInstanceOf(Plan.class);
        assertThat(refusal(lines.plan(new DatabaseState.Legacy(ReleaseVersion.of("4.3.0"), "version"), "4.7.0")))
                .extracting(Finding::code)
                .containsExactly(FindingCode.LEGACY_RELEASE_UNKNOWN);
    }

    @Test
    void codeOfANewLineMustBeDeclared() {
        assertThat(refusal(lines.plan(lines.at("4.7.0"), "4.8.0")))
                .extracting(Finding::code)
                .containsExactly(FindingCode.UNKNOWN_RELEASE);
        assertThat(lines.plan(lines.at("4.7.0"), "4.7.1")).isInstanceOf(Plan.class);
    }

    @Test
    void repeatablesRunBeforeOrAfterAndOnlyWhenTheyChanged() {
        Timeline timeline = new Timeline()
                .release("4.5.2", "", "A:base")
                .repeatable("view", "a view")
                .repeatable("helper", "-- dbupgrade: when=before\na procedure");

        assertThat(timeline.steps("", "4.5.2")).containsExactly("R_helper", "4.5.2_A", "R_view");
        assertThat(timeline.steps("4.5.2", "4.5.2")).isEmpty();
    }

    @Test
    void changesOfTheNextReleaseKeepTheirIdentityWhenItIsCut() {
        Timeline branch = new Timeline().release("4.5.2", "", "A:base").next("A:one", "B:two");
        Timeline cut =
                new Timeline().release("4.5.2", "", "A:base").release("4.6.0", "4.5.2", "A:one", "B:two", "C:three");

        DatabaseState developers = branch.at("next");

        assertThat(branch.steps("", "next")).containsExactly("4.5.2_A", "next_A", "next_B");
        assertThat(Timeline.steps(cut.plan(developers, "4.6.0"))).containsExactly("=4.6.0_A", "=4.6.0_B", "4.6.0_C");
    }

    @Test
    void theOrderOfDeclarationMakesNoDifference() {
        List<String> expected = lines.steps("4.6.0", "4.7.0");

        for (long seed = 0; seed < 50; seed++) {
            PlanResult planned = new Planner(lines.shuffled(seed), ReleaseVersion.of("4.7.0"), ConflictCheck.NONE)
                    .plan(lines.at("4.6.0"), Optional.empty());
            assertThat(Timeline.steps(planned)).isEqualTo(expected);
        }
    }

    private static List<Finding> refusal(PlanResult planned) {
        assertThat(planned).asInstanceOf(type(Refusal.class)).isNotNull();
        return ((Refusal) planned).findings();
    }
}
