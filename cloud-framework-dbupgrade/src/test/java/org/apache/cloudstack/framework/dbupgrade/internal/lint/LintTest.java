package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.lint.LintRule;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule has a migration that breaks it, and one that does the same in order. */
class LintTest extends LintFixture {
    @Test
    void ordinaryMigrationsBreakNoRule() {
        write("V_400_A.sql", HOST + "INSERT INTO host (id, name) VALUES (1, 'first');");
        write("V_410_A.sql", "ALTER TABLE host ADD COLUMN state CHAR(9);");
        write("V_410_B.sql", "-- dbupgrade: phase=contract\nALTER TABLE host DROP COLUMN tags;");
        write("V_411_A.sql", REASON + "UPDATE host SET name = 'one' WHERE name = 'first';");

        assertThat(lint()).isEmpty();
    }

    @Test
    void aNameThatBreaksTheRules() {
        write("V_4100_A.sql", HOST);

        assertThat(lint()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(LintRule.NAME);
            assertThat(finding.problem()).contains("ambiguous");
        });
    }

    @Test
    void aPatchWithoutReason() {
        write("V_400_A.sql", HOST);
        write("V_401_A.sql", "UPDATE host SET name = 'a' WHERE id = 1;");

        assertBroken(LintRule.PATCH_WITHOUT_REASON, "V_401_A.sql", 1);
    }

    @Test
    void aPatchThatChangesTheSchema() {
        write("V_400_A.sql", HOST);
        write("V_401_A.sql", REASON + "ALTER TABLE host ADD COLUMN state CHAR(9);");

        assertBroken(LintRule.PATCH_CHANGES_SCHEMA, "V_401_A.sql", 2);
    }

    @Test
    void aPatchThatTakesSomethingAway() {
        write("V_400_A.sql", HOST);
        write("V_401_A.sql", REASON + "SELECT 1;\nALTER TABLE host DROP COLUMN tags;");

        assertBroken(LintRule.CONTRACT_IN_PATCH, "V_401_A.sql", 3);
    }

    @Test
    void aPhaseThatTheStatementsContradict() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", "-- dbupgrade: phase=expand\nALTER TABLE host ADD COLUMN a INT;\nDROP TABLE host;");
        write("V_410_B.sql", "-- dbupgrade: phase=migrate\nALTER TABLE host ADD COLUMN b INT;");
        write("V_410_C.sql", "-- dbupgrade: phase=contract\nALTER TABLE host ADD COLUMN c INT;");

        assertThat(lint())
                .extracting(LintFinding::rule, LintFinding::script, LintFinding::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(LintRule.PHASE_CONTRADICTED, "V_410_A.sql", 3),
                        org.assertj.core.groups.Tuple.tuple(LintRule.PHASE_CONTRADICTED, "V_410_B.sql", 2),
                        org.assertj.core.groups.Tuple.tuple(LintRule.PHASE_CONTRADICTED, "V_410_C.sql", 2));
    }

    @Test
    void aScriptOfWhichAPartMustWait() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", "ALTER TABLE host ADD COLUMN a INT;\nUPDATE host SET a = 1;\nALTER TABLE host DROP tags;");
        write("V_410_B.sql", "ALTER TABLE host DROP COLUMN name;\nALTER TABLE host ADD COLUMN b INT;");
        write("V_410_C.sql", "SELECT 1;\nALTER TABLE host DROP COLUMN id, ADD COLUMN c INT;");

        assertThat(lint())
                .extracting(LintFinding::rule, LintFinding::script, LintFinding::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(LintRule.PHASE_MIXED, "V_410_A.sql", 3),
                        org.assertj.core.groups.Tuple.tuple(LintRule.PHASE_MIXED, "V_410_B.sql", 2),
                        org.assertj.core.groups.Tuple.tuple(LintRule.PHASE_MIXED, "V_410_C.sql", 2));
        assertThat(lint().get(0).problem())
                .isEqualTo(
                        "what stands above need not wait, and this must: drop a column that has no index (cloud.host):"
                                + " statements of older nodes that name it fail");
    }

    @Test
    void anAuthorMayLetAllOfAScriptWait() {
        write("V_400_A.sql", HOST);
        write(
                "V_410_A.sql",
                "-- dbupgrade: phase=contract\nUPDATE host SET name = '' WHERE name IS NULL;\n"
                        + "ALTER TABLE host MODIFY COLUMN name CHAR(9) NOT NULL;");

        assertThat(lint()).isEmpty();
    }

    @Test
    void rowsMayHaveToWaitWhichTheirAuthorKnows() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", "-- dbupgrade: phase=contract\nDELETE FROM host WHERE name = 'old';");

        assertThat(lint()).isEmpty();
    }

    @Test
    void whatAColumnWasIsReadFromTheMigrationsBefore() {
        write("V_400_A.sql", "CREATE TABLE host (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40), cpu BIGINT);");
        write(
                "V_410_A.sql",
                "-- dbupgrade: phase=expand\nALTER TABLE host MODIFY COLUMN name VARCHAR(50);\n"
                        + "ALTER TABLE host MODIFY COLUMN cpu INT;");

        assertBroken(LintRule.PHASE_CONTRADICTED, "V_410_A.sql", 3);
        assertThat(lint().get(0).problem()).contains("make a type narrower");
    }

    @Test
    void whatIsNotKnownWaitsUnlessItsAuthorDeclaresThePhase() {
        write("V_400_A.sql", HOST);
        write(
                "V_410_A.sql",
                "-- dbupgrade: waive=unknown-effect because it only adds\nALTER TABLE host ADD COLUMN a INT;\n"
                        + "PREPARE s FROM @s;\nEXECUTE s;");
        assertBroken(LintRule.PHASE_MIXED, "V_410_A.sql", 4);
        assertThat(lint().get(0).problem()).endsWith("so declare its phase");

        write(
                "V_410_A.sql",
                "-- dbupgrade: waive=unknown-effect because it only adds\n-- dbupgrade: phase=expand\n"
                        + "ALTER TABLE host ADD COLUMN a INT;\nPREPARE s FROM @s;\nEXECUTE s;");
        assertThat(lint()).isEmpty();
    }

    @Test
    void theFirstReleaseHasNoOlderServers() {
        write("V_400_A.sql", "DROP TABLE IF EXISTS host;\n" + HOST + "ALTER TABLE other DROP COLUMN a;");

        assertThat(lint()).isEmpty();
    }

    @Test
    void aChangeThatTheNewestReleaseLacks() {
        write("releases.yaml", "4.0.0: {}\n4.0.1: {follows: 4.0.0}\n4.1.0: {follows: 4.0.0}\n");
        write("V_400_A.sql", HOST);
        write("V_401_A.sql", REASON + "UPDATE host SET name = 'a' WHERE id = 1;");
        write("V_410_A.sql", "ALTER TABLE host ADD COLUMN state CHAR(9);");

        assertBroken(LintRule.NOT_MERGED_FORWARD, "V_401_A.sql", 0);
    }

    @Test
    void twoLinesThatDoNotCommute() {
        write(
                "releases.yaml",
                "4.0.0: {}\n4.0.1: {follows: 4.0.0}\n4.1.0: {follows: 4.0.0}\n4.2.0: {follows: [4.0.1, 4.1.0]}\n");
        write("V_400_A.sql", HOST);
        write("V_401_A.sql", REASON + "UPDATE host SET name = 'a';");
        write("V_410_A.sql", "UPDATE host SET name = 'b';");

        assertBroken(LintRule.CONFLICT, "V_401_A.sql", 0);
    }

    @Test
    void twoLinesThatAddColumnsToOneTable() {
        write(
                "releases.yaml",
                "4.0.0: {}\n4.0.1: {follows: 4.0.0}\n4.1.0: {follows: 4.0.0}\n4.2.0: {follows: [4.0.1, 4.1.0]}\n");
        write("V_400_A.sql", HOST);
        write(
                "V_401_A.sql",
                REASON + "-- dbupgrade: waive=patch-changes-schema because it cannot wait\n"
                        + "ALTER TABLE host ADD COLUMN a INT AFTER id;");
        write("V_410_A.sql", "ALTER TABLE host ADD COLUMN b INT AFTER id;");

        assertBroken(LintRule.HARMLESS_DIFFERENCE, "V_401_A.sql", 0);
    }

    @Test
    void aRuleMayBeWaivedWithAReasonButOnlyOneThatExists() {
        write("V_400_A.sql", HOST);
        write(
                "V_401_A.sql",
                REASON + "-- dbupgrade: waive=patch-changes-schema because hosts cannot register without it\n"
                        + "ALTER TABLE host ADD COLUMN state CHAR(9);");
        assertThat(lint()).isEmpty();

        write("V_401_A.sql", REASON + "-- dbupgrade: waive=everything because we are in a hurry\nSELECT 1;");
        assertBroken(LintRule.UNKNOWN_WAIVER, "V_401_A.sql", 1);
    }

    @Test
    void aScriptBreaksARuleOnceWithItsPlaces() {
        write("V_400_A.sql", HOST);
        write(
                "V_410_A.sql",
                "UPDATE host SET name = UUID() WHERE id = 1;\n".repeat(3)
                        + "UPDATE host SET name = NOW() WHERE id = 2;");

        assertThat(lint()).singleElement().satisfies(finding -> {
            assertThat(finding.count()).isEqualTo(4);
            assertThat(finding.rule().severity()).isEqualTo(LintRule.Severity.WARNING);
            assertThat(finding.toString())
                    .startsWith("V_410_A.sql:1: [non-deterministic] ")
                    .contains("; also line 2 (", ", line 3 (", " and at 1 more place. ");
        });
    }

    @Test
    void whatIsShippedIsNotReportedFromAReleaseOn() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", "UPDATE host SET name = UUID() WHERE id = 1;");
        write("V_420_A.sql", "UPDATE host SET name = UUID() WHERE id = 2;");

        assertThat(new Lint("cloud").check(scanned(), ReleaseVersion.of("4.2.0")))
                .extracting(LintFinding::script)
                .containsExactly("V_420_A.sql");
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasAnIdAMeaningAndARemedy(LintRule rule) {
        assertThat(rule.id()).matches("[a-z]+(-[a-z]+)*");
        assertThat(rule.meaning()).isNotBlank().doesNotEndWith(".");
        assertThat(rule.remedy()).endsWith(".");
        assertThat(LintRule.of(rule.id())).contains(rule);
    }
}
