package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.MigrationFinished;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.MigrationStarted;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.InterruptionReport;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.Interruptions;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.Moment;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations that add a table or a column each are journalled together, and nobody knows. */
@UpgradeDatabase
class AdditionsTest {

    private static final String HISTORY =
            "SELECT GROUP_CONCAT(script, ' ', success ORDER BY installed_rank) FROM cloud.flyway_schema_history";
    private static final String JOURNAL =
            "SELECT GROUP_CONCAT(script, ' ', state ORDER BY script) FROM cloud.dbupgrade_journal";

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE a (id INT PRIMARY KEY);")
                .with("V_400_B.sql", "CREATE TABLE b (id INT PRIMARY KEY);")
                .with("V_410_A.sql", "CREATE TABLE c (id INT, CONSTRAINT of_a FOREIGN KEY (id) REFERENCES a (id));")
                .with("V_410_B.sql", "ALTER TABLE b ADD COLUMN size INT NOT NULL DEFAULT 0;")
                .with("V_410_C.sql", "CREATE TABLE d (id INT PRIMARY KEY);")
                .with("V_410_D.sql", "INSERT INTO d VALUES (1);");
    }

    @Test
    void eachIsInJournalAndHistoryAsIfItHadBeenAlone() {
        List<String> told = new ArrayList<>();
        UpgradeReport report = upgrade(event -> {
                    if (event instanceof MigrationStarted started) {
                        told.add(started.words());
                    } else if (event instanceof MigrationFinished finished) {
                        told.add("finished " + finished.begin().words());
                    }
                })
                .upgrade();

        assertThat(report.runs())
                .extracting(UpgradeReport.Run::script)
                .containsExactly(
                        "V_400_A.sql", "V_400_B.sql", "V_410_A.sql", "V_410_B.sql", "V_410_C.sql", "V_410_D.sql");
        assertThat(told)
                .containsSubsequence("[1/6] 4.0.0 A", "finished [1/6] 4.0.0 A", "finished [2/6] 4.0.0 B")
                .containsSubsequence("[5/6] 4.1.0 C", "finished [5/6] 4.1.0 C", "[6/6] 4.1.0 D");
        assertThat(bench.value(String.class, HISTORY))
                .isEqualTo("V_400_A.sql 1,V_400_B.sql 1,V_410_A.sql 1,V_410_B.sql 1,V_410_C.sql 1,V_410_D.sql 1");
        assertThat(bench.value(String.class, JOURNAL))
                .isEqualTo(
                        "V_400_A.sql DONE,V_400_B.sql DONE,V_410_A.sql DONE,V_410_B.sql DONE,V_410_C.sql DONE,V_410_D.sql DONE");
        assertThat(bench.value(
                        String.class, "SELECT GROUP_CONCAT(release_version ORDER BY 1) FROM cloud.dbupgrade_release"))
                .isEqualTo("4.0.0,4.1.0");
    }

    @Test
    void aHundredAreJournalledWithFarFewerTransactions() {
        for (int table = 100; table < 200; table++) {
            bench.with("V_420_" + table + ".sql", "CREATE TABLE t" + table + " (id INT PRIMARY KEY);");
        }
        long before = commits();

        bench.upgrade().upgrade();

        assertThat(commits() - before).isLessThan(50);
    }

    private long commits() {
        return bench.database()
                .jdbc()
                .sql("SHOW GLOBAL STATUS LIKE 'Com_commit'")
                .query((row, number) -> row.getLong(2))
                .single();
    }

    @Test
    void theFailureOfOneLeavesThoseBeforeItDoneAndThoseBehindItNotBegun() {
        bench.with("V_410_A.sql", "CREATE TABLE c (id INT, FOREIGN KEY (id) REFERENCES nowhere (id));");
        UpgradeFailedException failure = bench.failed();

        assertThat(failure.findings()).extracting(Finding::code).containsExactly(FindingCode.MIGRATION_FAILED);
        assertThat(failure.report().runs())
                .extracting(UpgradeReport.Run::script)
                .containsExactly("V_400_A.sql", "V_400_B.sql");
        assertThat(bench.value(String.class, HISTORY)).isEqualTo("V_400_A.sql 1,V_400_B.sql 1,V_410_A.sql 0");
        assertThat(bench.value(String.class, JOURNAL))
                .isEqualTo("V_400_A.sql DONE,V_400_B.sql DONE,V_410_A.sql FAILED");
        assertThat(bench.upgrade().status().database()).map(Object::toString).contains("4.0.0");

        bench.with("V_410_A.sql", "CREATE TABLE c (id INT);");
        assertThat(bench.scriptsRun()).containsExactly("V_410_A.sql", "V_410_B.sql", "V_410_C.sql", "V_410_D.sql");
    }

    @Test
    void anUpgradeThatIsCutOffAnywhereEndsAsUndisturbed() {
        MigratedDatabase database = new MigratedDatabase(bench.database(), bench.settings(), UnaryOperator.identity());

        InterruptionReport report = Interruptions.everywhere()
                .only(Moment.Kind.STATEMENT, Moment.Kind.CHECKPOINT, Moment.Kind.LOST_BEFORE_COMMIT)
                .of(database)
                .verify();

        assertThat(report.isGood()).as(report.toString()).isTrue();
        assertThat(report.tried()).extracting(Object::toString).anyMatch(moment -> moment.contains("V_410_A.sql"));
    }

    @Test
    void whatWasIntendedBeforeACutGoesFirstAlsoWhenAnotherComesBetween() {
        cutOffBefore("V_410_C.sql");
        bench.with("V_400_AA.sql", "CREATE TABLE aa (id INT PRIMARY KEY);");

        assertThat(bench.scriptsRun())
                .containsExactly(
                        "V_400_A.sql",
                        "V_400_B.sql",
                        "V_410_A.sql",
                        "V_410_B.sql",
                        "V_410_C.sql",
                        "V_400_AA.sql",
                        "V_410_D.sql");
        assertThat(bench.tables()).contains("cloud.a", "cloud.aa", "cloud.b", "cloud.c", "cloud.d");
    }

    @Test
    void aTableThatSomebodyElseMadeSinceACutIsNotTakenForTheMigrations() {
        cutOffBefore("V_410_C.sql");
        bench.database().run("CREATE TABLE cloud.d (other INT)");

        bench.refusedFor(FindingCode.MIGRATION_INTERRUPTED);
        bench.database().run("DROP TABLE cloud.d");
        assertThat(bench.scriptsRun())
                .containsExactly(
                        "V_400_A.sql", "V_400_B.sql", "V_410_A.sql", "V_410_B.sql", "V_410_C.sql", "V_410_D.sql");
    }

    /** As if the process had died just then: what is not written stays so. */
    private void cutOffBefore(String script) {
        class Death extends Error {
            private static final long serialVersionUID = 1;
        }
        DatabaseUpgrade mortal = upgrade(event -> {
            if (event instanceof MigrationStarted started
                    && started.migration().script().equals(script)) {
                throw new Death();
            }
        });
        assertThatExceptionOfType(Death.class).isThrownBy(mortal::upgrade);
    }

    private DatabaseUpgrade upgrade(Consumer<UpgradeEvent> listener) {
        return DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .listeners(List.of(listener::accept))
                .build();
    }
}
