package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertRefused;
import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertStopped;
import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans, refusals, and databases compared with what their release declares. */
@UpgradeDatabase
class UpgradeAssertionsTest {

    @TempDir
    Path path;

    private MigrationFolder folder;
    private MigratedDatabase database;

    @BeforeEach
    void twoLinesThatMeet(MigratedDatabase empty) {
        folder = new MigrationFolder(path)
                .with("releases.yaml", """
                        4.5.2: {}
                        4.5.3: {follows: 4.5.2}
                        4.6.0: {follows: 4.5.2}
                        4.6.1: {follows: [4.5.3, 4.6.0]}
                        """)
                .with("V_4.5.2_A__install.sql", "CREATE TABLE host (id INT PRIMARY KEY, name VARCHAR(9));")
                .with("V_4.5.3_A__patch.sql", "ALTER TABLE host ADD COLUMN patch INT;")
                .with("V_4.6.0_A__minor.sql", "ALTER TABLE host ADD COLUMN minor INT;")
                .with("V_4.6.1_A__patch.sql", "ALTER TABLE host ADD COLUMN patch INT;")
                .with("R_host_view.sql", "CREATE OR REPLACE VIEW host_view AS SELECT id FROM host;");
        database = empty.withMigrations(folder);
    }

    @Test
    void aPlanIsComparedStepByStep() {
        Plan install = database.toNewest().preview().plan();

        assertThat(install)
                .isFreshInstall()
                .reaches("4.6.1")
                .runs("4.6.0_A")
                .after("4.5.3_A")
                .before("R_host_view")
                .runs("4.5.2_A", "V_4.5.3_A__patch.sql")
                .findsAlreadyApplied("4.6.1_A")
                .runsExactly("4.5.2_1", "4.5.3_A", "4.6.0_A", "R_host_view")
                .doesNotRun("4.6.1_A", "4.7.0_A")
                .holdsNothingBack();
        assertThat(database.toNewest().preview()).runs("4.5.2_A");

        said(() -> assertThat(install).runs("4.6.1_A")).isEqualTo("""
                The plan does not run 4.6.1_A.
                The plan of a fresh install to 4.6.1:
                step         what             script
                -----------  ---------------  ----------------------
                4.5.2_A      run              V_4.5.2_A__install.sql
                4.5.3_A      run              V_4.5.3_A__patch.sql
                4.6.0_A      run              V_4.6.0_A__minor.sql
                4.6.1_A      already applied  V_4.6.1_A__patch.sql
                R_host_view  run              R_host_view.sql""");
        said(() -> assertThat(install).runs("R_hostview")).contains("Did you mean R_host_view?");
        said(() -> assertThat(install).runs("4.5.3_A").after("4.6.0_A"))
                .contains("does not run 4.5.3_A after 4.6.0_A.");
        said(() -> assertThat(install).runs("4.6.0_A").before("4.5.3_A"))
                .contains("does not run 4.6.0_A before 4.5.3_A.");
        said(() -> assertThat(install).runs("4.6.0_A").after("4.6.1_A")).contains("does not run 4.6.1_A.");
        said(() -> assertThat(install).runsExactly("4.5.2_A", "4.6.0_A"))
                .contains("!  2      4.6.0_A   4.5.3_A", "!  3      -         4.6.0_A");
        said(() -> assertThat(install).doesNotRun("4.5.2_A")).contains("The plan runs 4.5.2_A.");
        said(() -> assertThat(install).findsAlreadyApplied("4.6.0_A"))
                .contains("does not find already applied 4.6.0_A.");
        said(() -> assertThat(install).startsFrom("4.5.2")).contains("expected 4.5.2, found a fresh install.");
        said(() -> assertThat(install).reaches("4.7.0"))
                .contains("does not complete release 4.7.0:", "!  4.7.0  there     -");
        said(() -> assertThat(install).isEmpty()).contains("The plan is not empty.");
        said(() -> assertThat(install).defers("4.6.0_A")).contains("does not defer 4.6.0_A.");
        said(() -> assertThat(install).resumes("4.6.0_A")).contains("does not resume 4.6.0_A.");
    }

    @Test
    void aStepThatWaitsAndOneThatGoesOnAreToldApart() {
        Plan install = database.toNewest().preview().plan();
        List<Step> steps = List.of(
                new Step(install.steps().get(0).migration(), Action.RESUME),
                new Step(install.steps().get(1).migration(), Action.DEFERRED));
        Plan plan = new Plan(install.from(), install.target(), install.baselined(), install.reached(), steps);

        assertThat(plan).resumes("4.5.2_A").defers("4.5.3_A").doesNotRun("4.5.3_A");
        said(() -> assertThat(plan).holdsNothingBack()).contains("The plan holds something back.");
    }

    @Test
    void aDatabaseAtItsReleaseHasAnEmptyPlan() {
        database.upgrade();

        assertThat(database.toNewest()).isPlan().isEmpty().startsFrom("4.6.1");
        said(() -> assertThat(database.toNewest()).isPlan().isFreshInstall())
                .contains("expected a fresh install, found 4.6.1.", "to 4.6.1 has no steps.");
        assertThat(database).foundAlreadyApplied("4.6.1_A");
        said(() -> assertThat(database).ran("4.6.1_A")).contains("4.6.1_A was not run.", "RECORDED");
    }

    @Test
    void aRefusalIsComparedByItsReasons() {
        database.upgrade("4.5.3");

        assertRefused(() -> database.upgrade("4.6.0"))
                .because(FindingCode.CHANGE_NOT_IN_TARGET)
                .becauseOnly(FindingCode.CHANGE_NOT_IN_TARGET)
                .mentions("V_4.5.3_A__patch.sql", "4.6.1");
        assertThat(database.to("4.6.0")).isRefused().because(FindingCode.CHANGE_NOT_IN_TARGET);
        PlanResult planned = new Refusal(List.of(FindingCode.UNKNOWN_RELEASE.about("4.9.0", "4.7.0")));
        assertThat(planned).isRefused().mentions("4.9.0");
        assertThat((Refusal) planned).because(FindingCode.UNKNOWN_RELEASE);

        said(() -> assertRefused(() -> database.upgrade("4.6.0")).because(FindingCode.CONFLICT))
                .contains(
                        "!  CONFLICT              there     -",
                        "!  CHANGE_NOT_IN_TARGET  -         there",
                        "V_4.5.3_A__patch.sql");
        said(() -> assertRefused(() -> database.upgrade("4.6.0")).becauseOnly(FindingCode.CONFLICT))
                .contains("These reasons alone are expected");
        said(() -> assertRefused(() -> database.upgrade("4.6.0")).mentions("4.9.9"))
                .contains("The reasons do not mention 4.9.9:", "V_4.5.3_A__patch.sql");
        said(() -> assertThat(database.to("4.6.0")).isPlan())
                .contains("the upgrade is refused:", "CHANGE_NOT_IN_TARGET");
        said(() -> assertThat(database.to("4.6.1")).isRefused()).contains("there is a plan:", "from 4.5.3 to 4.6.1");
        said(() -> assertRefused(() -> database.upgrade("4.6.1")))
                .isEqualTo("A refusal is expected, and the call went through.");
    }

    @Test
    void anUpgradeThatStopsIsToldApartFromOneThatIsRefused() {
        folder.with("V_4.6.1_B__stumbles.sql", "INSERT INTO nowhere VALUES (1);");

        assertStopped(database::upgrade).because(FindingCode.MIGRATION_FAILED).mentions("V_4.6.1_B__stumbles.sql");
        said(() -> assertThat(database).isWhole())
                .contains("between two releases. Not done: V_4.6.1_B__stumbles.sql FAILED.");
        said(() -> assertThat(database).isAt("4.6.0")).contains("The database is between two releases.");
        said(() -> assertRefused(database::upgrade))
                .contains(
                        "A refusal is expected, and the call ended with\n",
                        "UpgradeFailedException",
                        "MIGRATION_FAILED");
        said(() -> assertStopped(() -> database.upgrade("4.9.0")))
                .contains("An upgrade that stops is expected, and the call ended with\n", "UNKNOWN_RELEASE");
    }

    @Test
    void aDatabaseIsComparedWithWhatItsReleaseDeclares() {
        database.upgrade();
        said(() -> assertThat(database).isAsDeclared())
                .contains("Release 4.6.1 carries no snapshot, schema/4.6.1.json");
        folder.with("schema/4.6.1.json", database.toNewest().snapshot().text());
        assertThat(database).isAsDeclared();

        database.run("ALTER TABLE cloud.host MODIFY COLUMN name VARCHAR(10)");

        said(() -> assertThat(database).isAsDeclared())
                .contains(
                        "The database is not as its release declares.", "cloud.host.name", "varchar(9)", "varchar(10)");
    }

    @Test
    void aSchemaIsComparedWithThePictureOfAnother() {
        database.upgrade();
        var before = database.schema();
        database.run("DROP VIEW cloud.host_view; ALTER TABLE cloud.host ADD KEY i_name (name)");

        said(() -> assertThat(database).hasSchemaOf(before))
                .contains("index  cloud.host.i_name  none", "view   cloud.host_view");
    }

    @Test
    void theAssertionsOfAssertJAreThereWithTheSameImport() {
        assertThat(List.of(1, 2)).hasSize(2);
        assertThat("text").startsWith("t");
    }

    /** What a failing assertion says. */
    private static AbstractStringAssert<?> said(ThrowingCallable assertion) {
        AssertionError error = catchThrowableOfType(AssertionError.class, assertion);
        assertThat(error).as("the assertion fails").isNotNull();
        return assertThat(error.getMessage());
    }
}
