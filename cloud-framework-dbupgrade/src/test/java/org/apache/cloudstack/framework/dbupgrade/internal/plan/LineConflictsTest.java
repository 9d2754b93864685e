package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two lines from 4.5.2, the patch release 4.5.3 and the new 4.6.0, which 4.6.1 joins. */
class LineConflictsTest {

    private static final String BASE = "A:CREATE TABLE host (id INT PRIMARY KEY, name CHAR(9), tags CHAR(9));";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE host ADD COLUMN a INT             | ALTER TABLE host ADD COLUMN b INT",
                "ALTER TABLE host ADD INDEX i_name (name)      | ALTER TABLE host ADD INDEX i_tags (tags)",
                "CREATE TABLE x (id INT)                       | DROP TABLE host",
                "UPDATE host SET name = 'a' WHERE id = 1       | UPDATE host SET tags = 'b' WHERE id = 2"
            })
    void changesThatCommuteAreInterleaved(String patch, String minor) {
        assertThat(conflicts("A:" + patch + ";", "A:" + minor + ";", "A:SELECT 1;"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE host ADD COLUMN a INT    | ALTER TABLE host ADD COLUMN a CHAR(2)  | cloud.host.a",
                "ALTER TABLE host DROP COLUMN tags    | UPDATE host SET tags = NULL            | cloud.host.tags",
                "UPDATE host SET name = 'a'           | UPDATE host SET name = 'b'             | cloud.host.name",
                "DROP TABLE host                      | ALTER TABLE host ADD COLUMN a INT      | cloud.host"
            })
    void aConflictNamesBothStatementsAndTheObject(String patch, String minor, String object) {
        assertThat(conflicts("A:" + patch + ";", "A:\n" + minor + ";", "A:SELECT 1;"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(FindingCode.CONFLICT);
                    assertThat(finding.problem())
                            .contains("V_4.5.3_A.sql", "V_4.6.0_A.sql", "line 1 (" + patch, "line 2 (" + minor, object);
                    assertThat(finding.remedy()).contains("resolves=4.5.3_A,4.6.0_A", "commutes-with=4.6.0_A because");
                });
    }

    @Test
    void whatCannotBeDecidedIsAConflictToo() {
        assertThat(conflicts("A:CALL tidy_up();", "A:ALTER TABLE host ADD COLUMN a INT;", "A:SELECT 1;"))
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .contains("V_4.5.3_A.sql", "line 1 (CALL tidy_up())", "not known");
    }

    @Test
    void someoneWhoLookedMaySayThatTheyCommute() {
        assertThat(conflicts(
                        "A:-- dbupgrade: commutes-with=4.6.0_a because it only fills caches\nCALL tidy_up();",
                        "A:ALTER TABLE host ADD COLUMN a INT;",
                        "A:SELECT 1;"))
                .isEmpty();
    }

    @Test
    void theReleaseThatJoinsTheLinesMayResolveAConflict() {
        assertThat(conflicts(
                        "A:UPDATE host SET name = 'a';",
                        "A:UPDATE host SET name = 'b';",
                        "A:-- dbupgrade: resolves=4.5.3_A,4.6.0_A\nUPDATE host SET name = 'b';"))
                .isEmpty();
    }

    @Test
    void aReleaseOfOneLineCannotResolveIt() {
        Timeline timeline = new Timeline()
                .release("4.5.2", "", BASE)
                .release("4.5.3", "4.5.2", "A:UPDATE host SET name = 'a';")
                .release(
                        "4.6.0",
                        "4.5.2",
                        "A:UPDATE host SET name = 'b';",
                        "B:-- dbupgrade: resolves=4.5.3_A,4.6.0_A\nSELECT 1;")
                .release("4.6.1", "4.5.3, 4.6.0", "A:SELECT 2;");

        assertThat(conflicts(timeline)).hasSize(1);
    }

    @Test
    void aBackportIsNoConflictWithItself() {
        assertThat(conflicts(
                        "A:ALTER TABLE host ADD COLUMN a INT;", "A:ALTER TABLE host ADD COLUMN a INT;", "A:SELECT 1;"))
                .isEmpty();
    }

    @Test
    void releasesOfOneLineAreNotCompared() {
        Timeline line = new Timeline()
                .release("4.5.2", "", BASE)
                .release("4.5.3", "4.5.2", "A:UPDATE host SET name = 'a';")
                .release("4.6.1", "4.5.3", "A:UPDATE host SET name = 'b';");

        assertThat(conflicts(line)).isEmpty();
    }

    private static List<Finding> conflicts(String patch, String minor, String join) {
        return conflicts(new Timeline()
                .release("4.5.2", "", BASE)
                .release("4.5.3", "4.5.2", patch)
                .release("4.6.0", "4.5.2", minor)
                .release("4.6.1", "4.5.3, 4.6.0", join));
    }

    private static List<Finding> conflicts(Timeline timeline) {
        PlanResult planned = new Planner(
                        timeline.migrations(),
                        ReleaseVersion.of("4.6.1"),
                        new LineConflicts(new MigrationAnalyses(timeline.migrations(), "cloud")))
                .plan(timeline.at("4.5.2"), Optional.empty());
        return planned instanceof Refusal refusal ? refusal.findings() : List.of();
    }
}
