package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repeatables run after what they read, and again when that changes; what cannot run again is refused before anything starts. */
@UpgradeDatabase
class DependentRepeatablesTest {

    private static final String TABLE = "CREATE TABLE t (id INT PRIMARY KEY, a INT);";

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_100_A.sql", TABLE);
    }

    private void at(String release) {
        bench.settings(settings -> settings.withRelease(release));
    }

    private UpgradeReport upgraded() {
        return bench.upgrade().upgrade();
    }

    private String columns(String view) {
        return bench.value(
                String.class,
                "SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM information_schema.columns"
                        + " WHERE table_schema = 'cloud' AND table_name = '" + view + "'");
    }

    @Test
    void viewsRunAfterTheViewsAndFunctionsThatTheyRead() {
        bench.with("R_a.sql", "CREATE OR REPLACE VIEW a AS SELECT id, f(twice) AS n FROM b JOIN c USING (id);")
                .with("R_b.sql", "CREATE OR REPLACE VIEW b AS SELECT id, 2 * a AS twice FROM cloud.t;")
                .with("R_c.sql", "CREATE OR REPLACE VIEW c AS SELECT d.id FROM `d`;")
                .with("R_d.sql", "CREATE OR REPLACE VIEW d AS SELECT id FROM t;")
                .with(
                        "R_f.sql",
                        "DROP FUNCTION IF EXISTS f;"
                                + " CREATE FUNCTION f(n INT) RETURNS INT DETERMINISTIC RETURN n + 1;");

        assertThat(bench.scriptsRun())
                .containsExactly("V_100_A.sql", "R_b.sql", "R_d.sql", "R_c.sql", "R_f.sql", "R_a.sql");
        assertThat(bench.upgrade().status().pending()).isEmpty();
    }

    @Test
    void aCircleEndsInTheServersError() {
        bench.with("R_a.sql", "CREATE OR REPLACE VIEW a AS SELECT id FROM b;")
                .with("R_b.sql", "CREATE OR REPLACE VIEW b AS SELECT id FROM a;");

        Finding finding = bench.failed().findings().get(0);

        assertThat(finding.code()).isEqualTo(FindingCode.MIGRATION_FAILED);
        assertThat(finding.subject()).isEqualTo("R_b.sql");
    }

    @Test
    void aViewOfAllColumnsGetsTheNewOneAsOnAFreshInstall() {
        bench.with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT * FROM t;")
                .with("R_u.sql", "CREATE OR REPLACE VIEW u AS SELECT * FROM v;")
                .with("R_w.sql", "CREATE OR REPLACE VIEW w AS SELECT id FROM t;")
                .with("V_110_A.sql", "ALTER TABLE t ADD COLUMN b INT;");
        at("1.0.0");
        upgraded();
        at("1.1.0");

        UpgradeReport report = upgraded();

        assertThat(report.runs())
                .extracting(UpgradeReport.Run::script)
                .containsExactly("V_110_A.sql", "R_v.sql", "R_u.sql");
        assertThat(report.notes()).anyMatch(note -> note.contains("R_v.sql ran again") && note.contains("V_110_A.sql"));
        assertThat(columns("v")).isEqualTo("id,a,b");
        assertThat(columns("u")).isEqualTo("id,a,b");
        assertThat(bench.scriptsRun()).isEmpty();
    }

    @Test
    void aViewOfADroppedColumnIsRefusedBeforeAnythingStarts() {
        bench.with("R_b_view.sql", "CREATE OR REPLACE VIEW b_view AS SELECT id, a FROM t;")
                .with("V_110_A.sql", "ALTER TABLE t ADD COLUMN b INT;")
                .with("V_120_A.sql", "ALTER TABLE t DROP COLUMN a;");
        at("1.1.0");
        upgraded();
        at("1.2.0");

        Finding finding = bench.refusedFor(FindingCode.REPEATABLE_READS_DROPPED);

        assertThat(finding.problem()).contains("R_b_view.sql", "cloud.t.a", "V_120_A.sql");
        assertThat(columns("t")).isEqualTo("id,a,b");
        bench.with("R_b_view.sql", "CREATE OR REPLACE VIEW b_view AS SELECT id, b AS a FROM t ORDER BY a;");
        assertThat(bench.scriptsRun()).containsExactly("V_120_A.sql", "R_b_view.sql");
        assertThat(bench.upgrade().status().pending()).isEmpty();
    }

    @Test
    void aViewOfATableThatIsGoneIsRefusedToo() {
        bench.with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT t.id FROM t JOIN other o ON o.id = t.id;")
                .with("V_100_B.sql", "CREATE TABLE other (id INT PRIMARY KEY);")
                .with("V_110_A.sql", "DROP TABLE other;");
        at("1.0.0");
        upgraded();
        at("1.1.0");

        assertThat(bench.refusedFor(FindingCode.REPEATABLE_READS_DROPPED).problem())
                .contains("R_v.sql", "cloud.other", "V_110_A.sql");
        bench.with(
                        "R_v.sql",
                        "-- dbupgrade: until=1.1.0\nCREATE OR REPLACE VIEW v AS SELECT t.id FROM t JOIN other o ON o.id = t.id;")
                .with("V_110_B.sql", "DROP VIEW v;");
        assertThat(bench.scriptsRun()).containsExactly("V_110_A.sql", "V_110_B.sql");
    }

    @Test
    void whatATableLosesWhenItIsMadeAgainComesBack() {
        bench.with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT * FROM t;")
                .with(
                        "R_trigger.sql",
                        "DROP TRIGGER IF EXISTS counted; CREATE TRIGGER counted BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 7;")
                .with(
                        "V_110_A.sql",
                        "DROP TABLE t; CREATE TABLE t (id INT PRIMARY KEY, a INT, fresh INT);"
                                + " INSERT INTO t VALUES (1, 1, 1);");
        at("1.0.0");
        upgraded();
        at("1.1.0");

        assertThat(bench.scriptsRun()).containsExactly("V_110_A.sql", "R_trigger.sql", "R_v.sql");
        bench.database().run("INSERT INTO cloud.t VALUES (2, 2, 2)");
        assertThat(bench.value(Integer.class, "SELECT a FROM cloud.v WHERE id = 2"))
                .isEqualTo(7);
    }

    @Test
    void anInterruptedUpgradeLeavesNothingStale() {
        bench.with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT * FROM t;")
                .with("V_110_A.sql", "ALTER TABLE t ADD COLUMN b INT;")
                .with("V_110_B.sql", "UPDATE t SET nothing = 1;");
        at("1.0.0");
        upgraded();
        at("1.1.0");
        assertThat(bench.failed().findings()).extracting(Finding::subject).containsExactly("V_110_B.sql");
        assertThat(columns("v")).isEqualTo("id,a");

        bench.with("V_110_B.sql", "UPDATE t SET b = 1;");

        assertThat(bench.scriptsRun()).containsExactly("V_110_B.sql", "R_v.sql");
        assertThat(columns("v")).isEqualTo("id,a,b");
    }

    @Test
    void aViewThatNoRepeatableMakesAndThatBrokeIsReported() {
        bench.with("V_100_B.sql", "CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT id FROM t;")
                .with("V_110_A.sql", "ALTER TABLE t DROP COLUMN a;");
        at("1.0.0");
        assertThat(upgraded().findings()).isEmpty();
        at("1.1.0");

        List<Finding> findings = upgraded().findings();

        assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.VIEW_INVALID);
        assertThat(findings.get(0).problem()).contains("cloud.v");
    }

    @Test
    void aBrokenViewOfOthersIsIgnoredWhereTheSettingsNameIt() {
        at("1.0.0");
        upgraded();
        bench.database().run("CREATE TABLE cloud.theirs (id INT)");
        bench.database().run("CREATE VIEW cloud.theirs_v AS SELECT id FROM cloud.theirs");
        bench.database().run("DROP TABLE cloud.theirs");
        bench.with("V_110_A.sql", "CREATE TABLE u (id INT);").with("V_120_A.sql", "CREATE TABLE w (id INT);");

        at("1.1.0");
        assertThat(upgraded().findings()).extracting(Finding::code).containsExactly(FindingCode.VIEW_INVALID);

        bench.settings(settings -> settings.withRelease("1.2.0").withVerifyIgnore("view:theirs_*"));
        assertThat(upgraded().findings()).isEmpty();
    }

    @Test
    void routinesAndTriggersThatUseADroppedColumnAreReported() {
        bench.with("V_100_B.sql", "CREATE TABLE u (id INT PRIMARY KEY, a INT, b INT);")
                .with(
                        "R_p.sql",
                        "DROP PROCEDURE IF EXISTS p; CREATE PROCEDURE p(IN x INT) BEGIN SELECT id, a FROM t; END;")
                .with(
                        "R_f.sql",
                        "DROP FUNCTION IF EXISTS f; CREATE FUNCTION f(n INT) RETURNS INT READS SQL DATA"
                                + " RETURN (SELECT MAX(t.a) FROM t WHERE t.id = n);")
                .with(
                        "R_other.sql",
                        "DROP PROCEDURE IF EXISTS other; CREATE PROCEDURE other(IN a INT) SELECT id, a FROM t;")
                .with("R_of_u.sql", "DROP PROCEDURE IF EXISTS of_u; CREATE PROCEDURE of_u() SELECT a FROM u;")
                .with(
                        "R_g.sql",
                        "DROP TRIGGER IF EXISTS g; CREATE TRIGGER g BEFORE INSERT ON u FOR EACH ROW SET NEW.b = 7;")
                .with(
                        "R_h.sql",
                        "DROP TRIGGER IF EXISTS h; CREATE TRIGGER h BEFORE INSERT ON t FOR EACH ROW SET NEW.`a` = 7;")
                .with("V_110_A.sql", "ALTER TABLE t DROP COLUMN a;")
                .with("V_110_B.sql", "ALTER TABLE t ADD COLUMN c INT, ADD COLUMN d INT;");
        at("1.0.0");
        upgraded();
        at("1.1.0");

        List<Finding> findings = upgraded().findings();

        assertThat(findings).extracting(Finding::code).containsOnly(FindingCode.ROUTINE_USES_DROPPED);
        assertThat(findings)
                .extracting(Finding::subject)
                .containsExactlyInAnyOrder("procedure cloud.p", "function cloud.f", "trigger cloud.h");
        assertThat(findings.get(0).problem()).contains("cloud.t.a", "V_110_A.sql");
    }

    @Test
    void namesThatOneStatementSwapsAreNotDropped() {
        bench.with("V_100_B.sql", "CREATE TABLE u (id INT PRIMARY KEY, a INT, b INT);")
                .with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT u.a, u.b, t.id FROM u JOIN t ON t.id = u.id;")
                .with(
                        "V_110_A.sql",
                        "ALTER TABLE u CHANGE a b INT, CHANGE b a INT; RENAME TABLE u TO x, t TO u, x TO t;"
                                + " RENAME TABLE t TO x, u TO t, x TO u;");
        at("1.0.0");
        upgraded();
        at("1.1.0");

        assertThat(bench.scriptsRun()).containsExactly("V_110_A.sql", "R_v.sql");
    }
}
