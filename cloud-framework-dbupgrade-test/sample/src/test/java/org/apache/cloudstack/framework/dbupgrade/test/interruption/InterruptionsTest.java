package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import static org.apache.cloudstack.framework.dbupgrade.schema.Column.column;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.varchar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.batch.BatchedMigration;
import org.apache.cloudstack.framework.dbupgrade.batch.Batches;
import org.apache.cloudstack.framework.dbupgrade.migration.SchemaMigration;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interruptions strike at the moments that they say, and pass migrations that go on where they were interrupted. */
@UpgradeDatabase
class InterruptionsTest {

    private static final String PROPER = """
            -- definitions and rows
            CREATE TABLE b (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20));

            INSERT INTO b (name) VALUES ('one'), ('two');
            INSERT INTO b (name) VALUES ('three');
            ALTER TABLE b ADD COLUMN size INT;
            """;

    @TempDir
    Path folder;

    Rehearsal rehearsal;

    @BeforeEach
    void open(MigratedDatabase empty) {
        rehearsal = new Rehearsal(folder, empty);
    }

    @Test
    void anUpgradeIsKilledBehindEachStatementAndEachCommit() {
        InterruptionReport report = rehearsal.with("V_410_A.sql", PROPER).killedEverywhere();

        assertThat(report.tried())
                .extracting(Moment::key)
                .containsExactly(
                        "upgrade#1:after-checkpoint",
                        "V_410_A.sql#1:after-statement",
                        "V_410_A.sql#1:after-checkpoint",
                        "V_410_A.sql#2:after-statement",
                        "V_410_A.sql#3:after-statement",
                        "V_410_A.sql#2:after-checkpoint",
                        "V_410_A.sql#4:after-statement",
                        "V_410_A.sql#3:after-checkpoint",
                        "V_410_A.sql#4:after-checkpoint");
        assertThat(report.blocking()).isEmpty();
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void anUpgradeIsStruckInEachWay() {
        InterruptionReport report = rehearsal
                .with("V_410_A.sql", "INSERT INTO a (id) VALUES (1);\nCREATE INDEX by_name ON a (name);")
                .with("V_4_1_0_B", context -> RowByRow.insert(context, RowByRow.behind(context)))
                .everywhere();

        assertThat(report.tried())
                .extracting(Moment::kind)
                .containsAll(EnumSet.complementOf(EnumSet.of(Moment.Kind.READ_LOCK)));
        assertThat(report.blocking()).isEmpty();
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void properMigrationsOfEveryKindPass() {
        rehearsal.database().run("INSERT INTO cloud.a (id) VALUES (1), (2), (3)");
        InterruptionReport report = rehearsal
                .with("V_410_A.sql", PROPER)
                .with("V_4_1_0_B", context -> RowByRow.insert(context, RowByRow.behind(context)))
                .withItself("V_4_1_0_C", new Walk())
                .withItself("V_4_1_0_D", new Statement())
                .with(
                        "V_410_E.sql",
                        "START TRANSACTION; DELETE FROM a WHERE id = 1; INSERT INTO a (id) VALUES (9); COMMIT;")
                .with("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT name FROM a;")
                .killedEverywhere();

        assertThat(report.faults()).isEmpty();
        assertThat(report.tried())
                .extracting(Moment::script)
                .contains("V_410_A.sql", "V_4_1_0_B", "V_4_1_0_C", "V_4_1_0_D", "V_410_E.sql", "R_names.sql");
    }

    private record Walk() implements BatchedMigration {
        @Override
        public Batches batches() {
            return Batches.of("b", "id").run("UPDATE b SET size = 1 + COALESCE(size, 0) WHERE id BETWEEN ? AND ?");
        }
    }

    private record Statement() implements SchemaMigration {
        @Override
        public void change(Schema schema) {
            schema.table("a").add(column("state", varchar(20)).nullable());
            schema.rows("UPDATE a SET state = 'Up'");
        }
    }

    @Test
    void anInstallationIsInterruptedToo() {
        rehearsal.database().close();
        InterruptionReport report = rehearsal.with("V_410_A.sql", PROPER).killedEverywhere();

        assertThat(report.tried()).extracting(Moment::place).first().asString().contains("CREATE DATABASE");
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void whatEachRunMakesAnewIsLeftOut() {
        rehearsal.with("V_410_A.sql", "INSERT INTO a (id, name) VALUES (1, LEFT(UUID(), 8));");
        InterruptedUpgrade upgrade = Interruptions.everywhere().of(rehearsal.database());

        assertThat(upgrade.verify().faults()).isNotEmpty();
        assertThatCode(upgrade.ignoring("cloud.a.name")::assertResumes).doesNotThrowAnyException();
    }

    @Test
    void whatWasRolledBackMayLeaveAGapInCountedIds() {
        rehearsal.with("V_400_B.sql", """
                CREATE TABLE b (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20));
                CREATE TABLE c (b_id INT, FOREIGN KEY (b_id) REFERENCES b (id));
                """);
        rehearsal.database().upgrade();
        rehearsal.with("V_410_A.sql", """
                INSERT INTO b (name) VALUES ('one');
                INSERT INTO c SELECT MAX(id) FROM b;
                """);

        assertThat(rehearsal.everywhere().faults()).isEmpty();
    }

    @Test
    void aFoundMomentIsReplayedAlone() {
        rehearsal.with("V_4_1_0_A", context -> RowByRow.insert(context, 0));
        InterruptedUpgrade upgrade = Interruptions.everywhere()
                .only(Moment.Kind.STATEMENT, Moment.Kind.CHECKPOINT)
                .of(rehearsal.database());
        String key = upgrade.verify().faults().get(2).moment().key();

        InterruptionReport again = upgrade.replaying(key).verify();

        assertThat(again.tried()).extracting(Moment::key).containsExactly(key);
        assertThat(again.faults()).hasSize(1);
    }

    @Test
    void aMomentThatNeverComesIsNoSuccess() {
        rehearsal.with("V_410_A.sql", PROPER);
        InterruptedUpgrade upgrade = Interruptions.everywhere().of(rehearsal.database());

        assertThatThrownBy(upgrade.replaying("V_410_A.sql#9:after-statement")::assertResumes)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("V_410_A.sql#4:after-statement");
        assertThatThrownBy(upgrade.migration("4.1.0_B")::assertResumes).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneMigrationIsInterruptedAlone() {
        rehearsal.with("V_410_A.sql", PROPER).with("V_410_B.sql", "DELETE FROM b;");

        InterruptionReport report = Interruptions.everywhere()
                .only(Moment.Kind.STATEMENT, Moment.Kind.CHECKPOINT)
                .of(rehearsal.database())
                .migration("4.1.0_B")
                .verify();

        assertThat(report.tried())
                .extracting(Moment::key)
                .containsExactly(
                        "V_410_B.sql#1:after-statement",
                        "V_410_B.sql#1:after-checkpoint",
                        "V_410_B.sql#2:after-checkpoint");
    }

    @Test
    void aSampleIsSpreadOverTheMigrationsAndComesAgainWithItsSeed() {
        rehearsal
                .with("V_410_A.sql", PROPER)
                .with("V_4_1_0_B", context -> RowByRow.insert(context, RowByRow.behind(context)))
                .with("V_410_C.sql", "DELETE FROM a;");
        InterruptedUpgrade upgrade = Interruptions.sampled(6).seed(42).of(rehearsal.database());

        List<String> keys = keysOf(upgrade.verify());

        assertThat(keys).hasSize(6).isEqualTo(keysOf(upgrade.verify()));
        assertThat(keys.stream().map(key -> key.replaceFirst("#.*", "")).distinct())
                .containsAll(List.of("V_410_A.sql", "V_4_1_0_B", "V_410_C.sql"));
    }

    private static List<String> keysOf(InterruptionReport report) {
        return report.tried().stream().map(Moment::key).toList();
    }

    @Test
    void nothingOfADeadProcessReachesTheServer() {
        rehearsal.with("V_4_1_0_A", context -> {
            try {
                RowByRow.insert(context, RowByRow.behind(context));
            } catch (Throwable e) {
                // a migration that does what it should not: it takes the end of its process for an error of a row
                tryAll(
                        () -> context.jdbc()
                                .sql("INSERT INTO a (id) VALUES (7)")
                                .update(),
                        () -> context.jdbc()
                                .sql("CREATE TABLE cleaned_up (id INT)")
                                .update(),
                        () -> context.connection().commit());
            }
        });

        assertThat(rehearsal.killedEverywhere().faults()).isEmpty();
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void tryAll(Attempt... attempts) {
        Stream.of(attempts).forEach(attempt -> {
            try {
                attempt.run();
            } catch (Throwable e) {
                assertThat(e).isInstanceOf(ProcessDeath.class);
            }
        });
    }

    @Test
    void theDatabasesAreLeftAsTheyWere() {
        rehearsal.database().run("INSERT INTO cloud.a (id) VALUES (5)");
        rehearsal.with("V_410_A.sql", "DELETE FROM a;");

        rehearsal.everywhere();

        assertThat(rehearsal.database().toNewest().status().database())
                .map(Object::toString)
                .contains("4.0.0");
        assertThat(rehearsal.database().server().count("cloud.a")).isEqualTo(1);
    }
}
