package org.apache.cloudstack.framework.dbupgrade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How quick this library is, beside plain JDBC, Flyway and Liquibase: tiny migrations, each measurement in a fresh JVM. It
 * takes about a quarter of an hour on the embedded MariaDB 10.11, and then writes what it found into the handbook.
 *
 * <ul>
 *   <li>{@code DBUPGRADE_TEST_URL} names another server; the handbook is left alone then.
 *   <li>{@code -Ddbupgrade.bench.migrations=100,500} measures other numbers of migrations; so too.
 *   <li>{@code -Ddbupgrade.bench.enforce=true} makes a missed goal a failure.
 * </ul>
 */
class SpeedBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(SpeedBenchmark.class);
    private static final String USUAL_SIZES = "1000,3000";
    private static final String SIZES = System.getProperty("dbupgrade.bench.migrations", USUAL_SIZES);
    private static final boolean SERVER_IS_GIVEN =
            !System.getenv().getOrDefault("DBUPGRADE_TEST_URL", "").isBlank();
    private static final int FEW = 100;
    private static final int MANY = 2000;
    private static final int STARTS = 11;
    private static final Entrant LIQUIBASE = new Entrant("Liquibase", Layout.LIQUIBASE, PlainLiquibase.class);

    @TempDir
    Path folder;

    @Test
    void everyoneAppliesTheSameMigrationsAndStartsAgain() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        DatabaseServer server = SERVER_IS_GIVEN ? TestServers.shared() : durable(TestServers.mariaDb10_11());
        Figures figures = measure(server);
        List<Goal> goals = Goal.of(figures);
        SpeedTable table = SpeedTable.of(figures);
        String circumstances = "%s, Java %s, %d cores"
                .formatted(
                        server.version(),
                        Runtime.version().feature(),
                        Runtime.getRuntime().availableProcessors());
        LOG.info("{}; measured in {}", circumstances, Durations.text(Duration.ofNanos(System.nanoTime() - begin)));
        table.text().forEach(LOG::info);
        goals.forEach(goal -> LOG.info("{}", goal));
        if (!SERVER_IS_GIVEN && SIZES.equals(USUAL_SIZES)) {
            List<String> lines = new ArrayList<>(table.markdown());
            lines.add("");
            lines.add("On " + circumstances + ".");
            MarkedLines.ofBenchmark().replace(lines);
        }
        if (Boolean.getBoolean("dbupgrade.bench.enforce")) {
            assertThat(goals).allMatch(Goal::isMet);
        }
    }

    /** Each commit reaches the disk, as in a database in use; servers of tests spare themselves that. */
    private static DatabaseServer durable(DatabaseServer server) {
        try (TestDatabase any = TestDatabase.fresh(server)) {
            any.run("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
        }
        return server;
    }

    /** The first contest is small: it shows whether a start grows, and wakes the server up. */
    private Figures measure(DatabaseServer server) throws IOException, InterruptedException {
        Contest contest = new Contest(server, folder, List.of());
        Figures small = new Figures();
        contest.run(List.of(Entrant.ONE_ROW, Entrant.JDBC_LOOP, Entrant.LIBRARY), FEW, 1, STARTS, small);
        Figures figures = new Figures();
        figures.addStartsOf(small);
        List<Entrant> all =
                Stream.concat(Entrant.ALWAYS.stream(), Stream.of(LIQUIBASE)).toList();
        for (String text : SIZES.split(",", -1)) {
            int size = Integer.parseInt(text.strip());
            contest.run(all, size, size < MANY ? 2 : 1, STARTS, figures);
        }
        return figures;
    }
}
