package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway calls its callbacks during an upgrade: SQL scripts beside the migrations, and objects. */
@UpgradeDatabase
class FlywayCallbacksTest {

    private static final String CALLS = "SELECT GROUP_CONCAT(call_name ORDER BY id) FROM cloud.calls";

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE calls (id INT AUTO_INCREMENT PRIMARY KEY, call_name VARCHAR(100));");
        bench.upgrade().upgrade();
    }

    @Test
    void scriptsBesideTheMigrationsAreCalledAroundThem() {
        bench.with("beforeMigrate.sql", call("before all"))
                .with("beforeEachMigrate.sql", call("before"))
                .with("afterEachMigrate__one.sql", call("after"))
                .with("afterEachMigrate__two.sql", call("after again"))
                .with("afterMigrate.sql", call("after all"))
                .with("V_410_A.sql", call("A"))
                .with("V_410_B.sql", "CREATE TABLE b (id INT);");

        bench.upgrade().upgrade();

        assertThat(bench.value(String.class, CALLS))
                .isEqualTo("before all,before,A,after,after again,before,after,after again,after all");
    }

    @Test
    void withNothingPendingNoneIsCalled() {
        bench.with("beforeMigrate.sql", call("before all"));

        bench.upgrade().upgrade();

        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.calls"))
                .isZero();
    }

    @Test
    void anObjectHearsOfTheFailureOfAMigration() {
        Recorder recorder = new Recorder(Event.AFTER_EACH_MIGRATE, Event.AFTER_EACH_MIGRATE_ERROR);
        bench.with("V_410_A.sql", call("A")).with("V_410_B.sql", "INSERT INTO nowhere VALUES (1);");

        assertThatExceptionOfType(UpgradeFailedException.class)
                .isThrownBy(() -> bench.upgradeWith(recorder).upgrade());

        assertThat(recorder.heard).containsExactly("afterEachMigrate V_410_A.sql", "afterEachMigrateError V_410_B.sql");
    }

    @Test
    void aCallbackThatFailsStopsTheUpgradeAndTheNextOneGoesOn() {
        bench.with("V_410_A.sql", call("A"))
                .with("V_410_B.sql", call("B"))
                .with("afterEachMigrate.sql", "INSERT INTO nowhere VALUES (1);");

        Finding finding = bench.failed().findings().get(0);

        assertThat(finding.code()).isEqualTo(FindingCode.FLYWAY_STOPPED);
        assertThat(finding.toString()).contains("afterEachMigrate.sql", "error 1146");
        bench.without("afterEachMigrate.sql");
        assertThat(bench.scriptsRun()).containsExactly("V_410_B.sql");
        assertThat(bench.value(String.class, CALLS)).isEqualTo("A,B");
        assertThat(bench.upgrade().flyway().validateWithResult().getAllErrorMessages())
                .isEmpty();
    }

    @Test
    void whatACallbackSetsInTheSessionDoesNotReachTheNextMigration() {
        bench.with("beforeEachMigrate.sql", "SET @word = 'left', sql_mode = 'ANSI_QUOTES', foreign_key_checks = 0;")
                .with(
                        "V_410_A.sql",
                        "INSERT INTO calls (call_name) VALUES (CONCAT(COALESCE(@word, \"none\"), IF(@@foreign_key_checks, 1, 0)));");

        bench.upgrade().upgrade();

        assertThat(bench.value(String.class, CALLS)).isEqualTo("none1");
    }

    @Test
    void aNameThatNoEventHasIsRefused() {
        bench.with("afterMigration.sql", call("never"));

        assertThat(bench.refusedFor(FindingCode.MALFORMED_NAME).toString())
                .contains("afterMigration.sql", "no event of this name", "afterMigrate__description.sql");
    }

    private static String call(String name) {
        return "INSERT INTO calls (call_name) VALUES ('" + name + "');";
    }

    /** Writes down what it hears. */
    private static final class Recorder implements Callback {

        private final List<Event> events;
        private final List<String> heard = new ArrayList<>();

        Recorder(Event... events) {
            this.events = List.of(events);
        }

        @Override
        public boolean supports(Event event, Context context) {
            return events.contains(event);
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            heard.add(event.getId() + " " + context.getMigrationInfo().getScript());
        }

        @Override
        public String getCallbackName() {
            return "recorder";
        }
    }
}
