package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.lint.LintRule;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule has a migration that breaks it, and one that does the same in order. */
class LintTest {

    private static final String HOST =
            "CREATE TABLE host (id INT AUTO_INCREMENT PRIMARY KEY, name CHAR(9), tags CHAR(9));";
    private static final String REASON = "-- dbupgrade: reason=operators lose data without it\n";

    @TempDir
    Path folder;

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
    void aStatementOfWhichNobodyCanTellWhatItDoes() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", "SET @s = REPLACE('ANALYZE TABLE x', 'x', 'host');\nPREPARE s FROM @s;\nEXECUTE s;");

        assertBroken(LintRule.UNKNOWN_EFFECT, "V_410_A.sql", 3);
    }

    @Test
    void aDataChangeThatDependsOnTheClock() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", "UPDATE host SET name = UUID() WHERE id = 1;");

        assertBroken(LintRule.NON_DETERMINISTIC, "V_410_A.sql", 1);
    }

    @Test
    void aLiteralIdInATableOfAnOlderRelease() {
        write("V_400_A.sql", HOST + "INSERT INTO host (id, name) VALUES (1, 'ours');");
        write("V_410_A.sql", "INSERT INTO host (id, name) VALUES (2, 'may be theirs');");

        assertBroken(LintRule.LITERAL_ID, "V_410_A.sql", 1);
    }

    @Test
    void aProcedureThatIsCalledBeforeItIsThere() {
        write("V_400_A.sql", HOST + "CALL tidy();");
        write("R_tidy.sql", "CREATE PROCEDURE tidy() SELECT 1;");

        assertThat(lint()).extracting(LintFinding::rule).contains(LintRule.CALL_BEFORE_CREATION);
        write("R_tidy.sql", "-- dbupgrade: when=before\nCREATE PROCEDURE tidy() SELECT 1;");
        assertThat(lint()).isEmpty();
    }

    @Test
    void aDefinitionThatDependsOnRows() {
        write("V_400_A.sql", HOST);
        write(
                "V_410_A.sql",
                "SET @s = (SELECT IF(COUNT(*) > 0, 'ALTER TABLE host ADD a INT', 'SELECT 1') FROM host);\n"
                        + "PREPARE s FROM @s;\nEXECUTE s;");

        assertThat(lint()).extracting(LintFinding::rule).contains(LintRule.DEPENDS_ON_ROWS);
    }

    @Test
    void aViewOfWhateverColumnsItsTableHas() {
        write("V_400_A.sql", HOST);
        write("R_hosts.sql", "CREATE OR REPLACE VIEW hosts AS\nSELECT h.* FROM host h;");

        assertBroken(LintRule.VIEW_OF_ALL_COLUMNS, "R_hosts.sql", 1);
        assertThat(lint())
                .singleElement()
                .extracting(LintFinding::problem)
                .asString()
                .contains("cloud.host");
    }

    @Test
    void aViewThatCountsOrAsksWhetherThereAreRowsDependsOnNoColumns() {
        write("V_400_A.sql", HOST);
        write(
                "R_hosts.sql",
                "CREATE OR REPLACE VIEW hosts AS SELECT (SELECT COUNT(*) FROM host) AS n"
                        + " FROM host WHERE EXISTS (SELECT * FROM host);");

        assertThat(lint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE event (v VARCHAR(10)) DEFAULT CHARSET=utf8mb4;",
                "CREATE TABLE event (v VARCHAR(10)) CHARACTER SET = 'utf8mb4';",
                "CREATE TABLE event (v VARCHAR(10) CHARACTER SET utf8mb4);",
                "CREATE TABLE event (v TEXT CHARSET utf8mb4 NOT NULL);",
                "CREATE TABLE event DEFAULT CHARSET utf8mb4 AS SELECT 1 AS v;",
                "ALTER TABLE host CONVERT TO CHARACTER SET utf8mb4;",
                "ALTER TABLE host DEFAULT CHARACTER SET utf8mb4;",
                "ALTER TABLE host ADD COLUMN v VARCHAR(10) CHARACTER SET utf8mb4;",
                "ALTER TABLE host MODIFY name VARCHAR(255) CHARACTER SET utf8mb4;"
            })
    void aCharacterSetWhoseCollationTheServerChooses(String statement) {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", statement);

        assertBroken(LintRule.CHARSET_WITHOUT_COLLATION, "V_410_A.sql", 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE event (v VARCHAR(10)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;",
                "CREATE TABLE event (v VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin);",
                "CREATE TABLE event (v VARCHAR(10)) COLLATE utf8mb4_bin;",
                "CREATE TABLE event (v VARCHAR(10) CHARACTER SET ascii, w VARCHAR(10)) DEFAULT CHARSET=latin1;",
                "ALTER TABLE host CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;",
                "ALTER TABLE host ADD COLUMN v VARCHAR(10);"
            })
    void aCollationThatIsStatedOrThatOfTheDatabase(String statement) {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", statement);

        assertThat(lint()).extracting(LintFinding::rule).doesNotContain(LintRule.CHARSET_WITHOUT_COLLATION);
    }

    @Test
    void rowsThatNoRollbackTakesBack() {
        write("V_400_A.sql", """
                CREATE TABLE log (n INT PRIMARY KEY) ENGINE=MyISAM;
                CREATE TABLE shown LIKE log;
                CREATE TABLE kept (n INT PRIMARY KEY) ENGINE=InnoDB;
                CREATE TABLE other (n INT PRIMARY KEY);
                CREATE VIEW logs AS SELECT n FROM log;
                CREATE TRIGGER logged AFTER INSERT ON kept FOR EACH ROW INSERT INTO log VALUES (NEW.n);
                """);
        write("V_410_A.sql", """
                UPDATE other SET n = 2 WHERE n = 1;
                INSERT INTO log VALUES (1);
                INSERT INTO kept VALUES (1);
                DELETE FROM logs WHERE n = 1;
                UPDATE shown SET n = 1;
                """);
        write("V_420_A.sql", "ALTER TABLE shown ENGINE=InnoDB;");
        write("V_420_B.sql", "UPDATE shown SET n = 1;");

        assertBroken(LintRule.KEEPS_ROWS, "V_410_A.sql", 2);
        assertThat(lint().get(0).problem())
                .isEqualTo(
                        "no rollback takes back the rows of statements 2 (log, MyISAM), 3 (log, MyISAM), 4 (log, MyISAM)"
                                + " and 1 more: after an interruption there, the operator says by dbupgrade resolve what was done");
    }

    @Test
    void statementsThatShareWhatEndsWithTheSession() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", """
                -- the upgrade holds a lock of its own
                SELECT GET_LOCK('mine', 1);
                CREATE TEMPORARY TABLE todo (id INT);
                INSERT INTO todo SELECT id FROM host;
                UPDATE host SET tags = '' WHERE id IN (SELECT id FROM todo);
                DROP TEMPORARY TABLE todo;
                DO RELEASE_LOCK('mine');
                HANDLER host OPEN;
                HANDLER host READ FIRST;
                HANDLER host CLOSE;
                """);

        assertThat(lint().stream().filter(each -> each.rule() == LintRule.SESSION_STRETCH))
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).isEqualTo(2))
                .satisfies(finding -> assertThat(finding.problem())
                        .startsWith(
                                "statements 1 to 6 (user lock mine), 2 to 5 (temporary table todo), 7 to 9 (handler host)"
                                        + " need what ends with the session: "));
    }

    @Test
    void aProcedureMayMakeWhatEndsWithTheSession() {
        write("R_make.sql", """
                -- dbupgrade: when=before
                CREATE PROCEDURE make() BEGIN CREATE TEMPORARY TABLE todo (id INT); END;
                """);
        write("R_pass.sql", """
                -- dbupgrade: when=before
                CREATE PROCEDURE pass() BEGIN CREATE TEMPORARY TABLE done (id INT); DROP TEMPORARY TABLE done; END;
                """);
        write("V_400_A.sql", HOST + "CALL pass();CALL make();INSERT INTO host (name) SELECT 'a' FROM todo;");

        assertBroken(LintRule.SESSION_STRETCH, "V_400_A.sql", 1);
        assertThat(lint().get(0).problem()).startsWith("statements 3 to 4 (temporary table todo)");
    }

    @Test
    void aTransactionIsUndoneAsAWholeWithWhatItsSessionHeld() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", """
                START TRANSACTION;
                CREATE TEMPORARY TABLE todo (id INT);
                INSERT INTO todo SELECT id FROM host;
                DELETE FROM host WHERE id IN (SELECT id FROM todo);
                COMMIT;
                """);

        assertThat(lint()).isEmpty();
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

    @Test
    void aLiteralIdIsNoneWhereTheServerCountsNoIds() {
        write("V_400_A.sql", "CREATE TABLE kind (id INT PRIMARY KEY, name VARCHAR(9));");
        write("V_410_A.sql", "INSERT INTO kind (id, name) VALUES (7, 'ours');");
        assertThat(lint()).isEmpty();

        write("V_405_A.sql", "ALTER TABLE kind MODIFY id INT AUTO_INCREMENT;");
        assertThat(lint()).extracting(LintFinding::rule).contains(LintRule.LITERAL_ID);
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasAnIdAMeaningAndARemedy(LintRule rule) {
        assertThat(rule.id()).matches("[a-z]+(-[a-z]+)*");
        assertThat(rule.meaning()).isNotBlank().doesNotEndWith(".");
        assertThat(rule.remedy()).endsWith(".");
        assertThat(LintRule.of(rule.id())).contains(rule);
    }

    private void assertBroken(LintRule rule, String script, int line) {
        assertThat(lint()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.script()).isEqualTo(script);
            assertThat(finding.line()).isEqualTo(line);
        });
    }

    private List<LintFinding> lint() {
        return new Lint("cloud").check(scanned());
    }

    private ScanResult scanned() {
        return MigrationScanner.scan(
                List.of("filesystem:" + folder),
                getClass().getClassLoader(),
                MigrationInstances.byDefaultConstructor(),
                Map.of());
    }

    private void write(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
