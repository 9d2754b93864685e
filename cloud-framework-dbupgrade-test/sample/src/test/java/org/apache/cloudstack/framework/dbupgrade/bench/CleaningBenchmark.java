package org.apache.cloudstack.framework.dbupgrade.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.sample.SampleManagementServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.state.SavedState;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long it takes until the next test has the databases of the sample at its newest release. */
class CleaningBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(CleaningBenchmark.class);
    private static final int PASSES = 5;

    private final List<List<String>> rows = new ArrayList<>();

    @Test
    void theNextTestHasItsDatabases() {
        try (TestDatabase database = TestDatabase.fresh(TestServers.shared())) {
            MigratedDatabase sample = new MigratedDatabase(
                    database,
                    UpgradeSettings.defaults()
                            .withSchemas("cloud", "cloud_usage")
                            .withLocations(SampleManagementServer.MIGRATIONS),
                    upgrade -> upgrade);
            measure("drop and upgrade to the newest release", 3, database::close, sample::upgrade);
            try (SavedState state = SavedState.of(database, sample.schemas())) {
                measure("restore databases that were dropped", PASSES, database::close, state::restore);
                measure(
                        "clean after a test that changed a table's definition",
                        PASSES,
                        () -> database.run("ALTER TABLE cloud.vm_instance ADD COLUMN more INT"),
                        state::restore);
                measure(
                        "clean after a test that changed a table's rows",
                        PASSES,
                        () -> database.run("INSERT INTO cloud.configuration (category, instance, component, name)"
                                + " VALUES ('a', 'b', 'c', 'd')"),
                        state::restore);
                measure("clean after a test that changed nothing", PASSES, () -> {}, state::restore);
            }
        }
        LOG.info("On {}, the middle one of several times", TestServers.shared().version());
        new TextTable(List.of("what", "time"), rows).lines().forEach(LOG::info);
    }

    private void measure(String what, int passes, Runnable before, Runnable work) {
        long[] times = new long[passes];
        for (int i = 0; i < passes; i++) {
            before.run();
            long begin = System.nanoTime();
            work.run();
            times[i] = System.nanoTime() - begin;
        }
        Arrays.sort(times);
        rows.add(List.of(what, String.format("%.0f ms", times[passes / 2] / 1e6)));
    }
}
