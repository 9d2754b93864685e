package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationFixtures;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is run while older nodes live, and what waits for them. */
class DeferralsTest {

    private final List<VersionedMigration> scripts = new ArrayList<>();
    private final List<RepeatableMigration> repeatables = new ArrayList<>();

    @BeforeEach
    void aTimelineWithSomethingToTakeAway() {
        add("V_460_A", "CREATE TABLE vm (id INT PRIMARY KEY, state INT, old INT);");
        add("V_470_A", "ALTER TABLE vm ADD COLUMN power INT NULL;");
        add("V_470_B", "ALTER TABLE vm DROP COLUMN old;");
    }

    @Test
    void whatTakesSomethingAwayWaitsForOlderServersAndTheReleaseIsReachedWithoutIt() {
        Plan plan = plan("4.7.0", RollingMode.AUTO, server("ms-1", "4.6.0"), server("ms-2", "4.7.0"));

        assertThat(words(plan)).containsExactly("RUN V_470_A.sql", "DEFERRED V_470_B.sql");
        assertThat(plan.deferred()).extracting(Step::deferredUntil).containsExactly("waits for ms-1 (4.6.0) to go");
        assertThat(plan.blocking()).isEmpty();
        assertThat(plan.reached()).containsExactly(ReleaseVersion.of("4.7.0"));
    }

    @Test
    void withoutOlderServersEverythingIsRun() {
        assertThat(words(plan("4.7.0", RollingMode.AUTO, server("ms-2", "4.7.0"), server("ms-3", "4.8.0"))))
                .containsExactly("RUN V_470_A.sql", "RUN V_470_B.sql");
        assertThat(words(plan("4.7.0", RollingMode.OFF, server("ms-1", "4.6.0"))))
                .containsExactly("RUN V_470_A.sql", "RUN V_470_B.sql");
    }

    @Test
    void aServerWhoseReleaseNobodyKnowsCountsAsOlder() {
        Plan plan = plan("4.7.0", RollingMode.AUTO, new Node("ms-1", Optional.empty()));

        assertThat(plan.deferred())
                .extracting(Step::deferredUntil)
                .containsExactly("waits for ms-1 (release not known) to go");
    }

    @Test
    void contractsOfAReleaseThatEveryServerHasAreRunAndThoseOfNewerOnesWait() {
        add("V_480_A", "ALTER TABLE vm DROP COLUMN state;");

        assertThat(words(plan("4.8.0", RollingMode.AUTO, server("ms-1", "4.7.0"))))
                .containsExactly("RUN V_470_A.sql", "RUN V_470_B.sql", "DEFERRED V_480_A.sql");
    }

    @Test
    void whatNeedsSomethingHeldBackWaitsTooAndItsReleaseIsNotReached() {
        add("V_480_A", "ALTER TABLE vm ADD COLUMN old VARCHAR(20) NULL;");
        add("V_480_B", "CREATE TABLE vpc (id INT PRIMARY KEY);");
        Plan plan = plan("4.8.0", RollingMode.AUTO, server("ms-1", "4.6.0"));

        assertThat(words(plan))
                .containsExactly("RUN V_470_A.sql", "DEFERRED V_470_B.sql", "DEFERRED V_480_A.sql", "RUN V_480_B.sql");
        assertThat(plan.blocking())
                .extracting(Step::deferredUntil)
                .containsExactly("needs V_470_B.sql, which is deferred");
        assertThat(plan.reached()).containsExactly(ReleaseVersion.of("4.7.0"));
    }

    @Test
    void aDeclaredPhaseIsBelieved() {
        add("V_470_C", "-- dbupgrade: phase=contract\nUPDATE vm SET state = 7;");
        Plan plan = plan("4.7.0", RollingMode.AUTO, server("ms-1", "4.6.0"));

        assertThat(words(plan)).contains("DEFERRED V_470_C.sql");
    }

    @Test
    void aScriptOfWhichItIsNotKnownWaitsAndItsReleaseIsNotReached() {
        add("V_470_C", "CALL tidy_up();");
        add("V_470_D", "ALTER TABLE vm ADD COLUMN two INT NULL; ALTER TABLE vm DROP COLUMN state;");
        Plan plan = plan("4.7.0", RollingMode.AUTO, server("ms-1", "4.6.0"));

        assertThat(plan.blocking())
                .extracting(step -> step.migration().script())
                .containsExactly("V_470_C.sql", "V_470_D.sql");
        assertThat(plan.reached()).isEmpty();
    }

    @Test
    void aViewThatKeepsItsColumnsDoesNotWait() {
        repeatables.add(MigrationFixtures.repeatable("vms", "CREATE OR REPLACE VIEW vms AS SELECT id, state FROM vm;"));
        Plan plan = plan("4.7.0", RollingMode.AUTO, server("ms-1", "4.6.0"));

        assertThat(words(plan)).contains("RUN R_vms.sql");
    }

    @Test
    void aPlanThatOlderServersWouldNotSurviveIsRefusedWhereRollingUpgradesAreRequired() {
        add("V_480_A", "ALTER TABLE vm ADD COLUMN old VARCHAR(20) NULL;");
        PlanResult planned = planned("4.8.0", managed("4.6.0", null), new ClusterView(RollingMode.REQUIRE, List.of()));

        assertThat(((Refusal) planned).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.code()).isEqualTo(FindingCode.ROLLING_IMPOSSIBLE))
                .satisfies(
                        finding -> assertThat(finding.description()).contains("V_480_A.sql", "V_470_B.sql", "4.6.0"));
        assertThat(plan("4.7.0", RollingMode.REQUIRE)).isNotNull();
    }

    @Test
    void olderCodeGoesOnBesideADatabaseThatWasOnlyExpanded() {
        PlanResult planned = planned("4.6.0", managed("4.7.0", null, "V_470_A.sql"), auto());

        assertThat(planned).isInstanceOfSatisfying(Plan.class, plan -> {
            assertThat(plan.steps()).isEmpty();
            assertThat(plan.reached()).isEmpty();
        });
    }

    @Test
    void olderCodeIsRefusedOnceSomethingItNeedsMayBeGone() {
        PlanResult planned = planned("4.6.0", managed("4.7.0", "4.7.0", "V_470_A.sql", "V_470_B.sql"), auto());

        assertThat(((Refusal) planned).findings())
                .extracting(Finding::description)
                .containsExactly("The database is at release 4.7.0, and this code is 4.6.0: steps of release 4.7.0 may"
                        + " have taken away what older code needs.");
    }

    @Test
    void olderCodeIsRefusedWhereTheDatabaseLacksWhatItBrings() {
        add("V_460_B", "CREATE TABLE patch (id INT PRIMARY KEY);");
        PlanResult planned = planned("4.6.0", managed("4.7.0", null, "V_470_A.sql"), auto());

        assertThat(((Refusal) planned).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.description()).contains("it lacks V_460_B.sql"));
    }

    @Test
    void aFreshInstallHoldsNothingBack() {
        PlanResult planned = planned(
                "4.7.0",
                new DatabaseState.Empty(),
                new ClusterView(RollingMode.AUTO, List.of(server("ms-1", "4.6.0"))));

        assertThat(words((Plan) planned)).containsExactly("RUN V_460_A.sql", "RUN V_470_A.sql", "RUN V_470_B.sql");
    }

    @Test
    void aViewOfWhatIsDroppedLaterIsRefusedNow() {
        repeatables.add(MigrationFixtures.repeatable("vms", "CREATE OR REPLACE VIEW vms AS SELECT id, old FROM vm;"));
        PlanResult planned = planned(
                "4.7.0", managed("4.6.0", null), new ClusterView(RollingMode.AUTO, List.of(server("ms-1", "4.6.0"))));

        assertThat(((Refusal) planned).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.REPEATABLE_READS_DROPPED);
            assertThat(finding.problem()).contains("R_vms.sql", "cloud.vm.old", "V_470_B.sql");
        });
    }

    private void add(String name, String content) {
        scripts.add(MigrationFixtures.script(name, content));
    }

    private Migrations migrations() {
        return new Migrations(scripts, repeatables, List.of());
    }

    private static ClusterView auto() {
        return new ClusterView(RollingMode.AUTO, List.of());
    }

    private static Node server(String name, String release) {
        return new Node(name, Optional.of(ReleaseVersion.of(release)));
    }

    private Plan plan(String code, RollingMode mode, Node... servers) {
        return (Plan) planned(code, managed("4.6.0", null), new ClusterView(mode, List.of(servers)));
    }

    private PlanResult planned(String code, DatabaseState state, ClusterView rolling) {
        MigrationAnalyses analyses = new MigrationAnalyses(migrations(), "cloud");
        return new Planner(migrations(), ReleaseVersion.of(code), new LineConflicts(analyses))
                .among(rolling, new ScriptPhaseResolver(migrations(), "cloud", analyses))
                .reading(analyses)
                .plan(state, Optional.empty());
    }

    /** A database at a release, which has V_460_A and the given scripts. */
    private DatabaseState managed(String release, @Nullable String contracted, String... more) {
        List<String> has = new ArrayList<>(List.of("V_460_A.sql"));
        has.addAll(Arrays.asList(more));
        Migrations migrations = migrations();
        List<AppliedMigration> applied = migrations.versioned().stream()
                .filter(migration -> has.contains(migration.script()))
                .map(migration -> new AppliedMigration(
                        migration.key(),
                        migration.script(),
                        Optional.of(migration.name().release()),
                        migration.changeId(),
                        AppliedMigration.State.DONE,
                        false))
                .toList();
        TreeSet<ReleaseVersion> reached = new TreeSet<>(migrations.graph().releases());
        reached.removeIf(each -> each.isAfter(ReleaseVersion.of(release)));
        return new DatabaseState.Managed(
                applied, reached, Optional.ofNullable(contracted).map(ReleaseVersion::of));
    }

    private static List<String> words(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.action() + " " + step.migration().script())
                .toList();
    }
}
