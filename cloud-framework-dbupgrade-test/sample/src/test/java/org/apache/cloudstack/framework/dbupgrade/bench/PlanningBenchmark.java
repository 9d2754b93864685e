package org.apache.cloudstack.framework.dbupgrade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.ConflictCheck;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.DatabaseState;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.LineConflicts;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.MigrationAnalyses;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.Planner;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long planning takes, and how it grows with the number of releases; each release brings five migrations. */
class PlanningBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(PlanningBenchmark.class);
    private static final int PER_RELEASE = 5;
    private static final int LINE = 10;
    private static final int RUNS = 15;

    @TempDir
    Path folder;

    @Test
    void planningGrowsWithTheNumberOfReleases() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        double smallest = 0;
        for (int releases : List.of(10, 100, 1000)) {
            Migrations migrations = migrations(Files.createDirectory(folder.resolve("r" + releases)), releases);
            double milliseconds = medianOfPlanning(migrations, () -> ConflictCheck.NONE);
            double compared =
                    medianOfPlanning(migrations, () -> new LineConflicts(new MigrationAnalyses(migrations, "cloud")));
            smallest = smallest == 0 ? milliseconds / releases : smallest;
            rows.add(List.of(
                    Integer.toString(releases),
                    Integer.toString(migrations.versioned().size()),
                    String.format("%.2f ms", milliseconds),
                    String.format("%.1f", milliseconds / releases / smallest),
                    String.format("%.0f ms", compared)));
        }
        LOG.info("Planning a fresh install, median of {} runs on a warm JVM", RUNS);
        new TextTable(List.of("releases", "migrations", "time", "per release, ratio", "with lines compared"), rows)
                .lines()
                .forEach(LOG::info);
    }

    private static double medianOfPlanning(Migrations migrations, Supplier<ConflictCheck> conflicts) {
        long[] nanos = new long[RUNS * 2];
        for (int run = 0; run < nanos.length; run++) {
            long begin = System.nanoTime();
            ReleaseVersion newest = migrations
                    .versioned()
                    .get(migrations.versioned().size() - 1)
                    .name()
                    .release();
            Plan plan = (Plan)
                    new Planner(migrations, newest, conflicts.get()).plan(new DatabaseState.Empty(), Optional.empty());
            nanos[run] = System.nanoTime() - begin;
            if (plan.steps().size() != migrations.versioned().size()) {
                throw new IllegalStateException("planned " + plan.steps().size());
            }
        }
        long[] warm = Arrays.copyOfRange(nanos, RUNS, nanos.length);
        Arrays.sort(warm);
        return Duration.ofNanos(warm[RUNS / 2]).toNanos() / 1e6;
    }

    /** Lines of ten patch releases each; the first release of a line follows the fifth and the last of the line below. */
    private static Migrations migrations(Path location, int releases) throws IOException {
        StringBuilder graph = new StringBuilder();
        for (int i = 0; i < releases; i++) {
            String version = "4." + i / LINE + "." + i % LINE;
            graph.append(version).append(": {").append(follows(i)).append("}\n");
            for (int sequence = 1; sequence <= PER_RELEASE; sequence++) {
                Files.writeString(
                        location.resolve("V_" + version + "_" + sequence + ".sql"),
                        "ALTER TABLE t ADD COLUMN c" + i + "_" + sequence + " INT;");
            }
        }
        Files.writeString(location.resolve("releases.yaml"), graph);
        ScanResult scanned = MigrationScanner.scan(
                List.of("filesystem:" + location),
                PlanningBenchmark.class.getClassLoader(),
                MigrationInstances.byDefaultConstructor(),
                Map.of());
        if (!scanned.findings().isEmpty()) {
            throw new IllegalStateException(scanned.findings().toString());
        }
        return scanned.migrations();
    }

    private static String follows(int i) {
        if (i == 0) {
            return "";
        }
        int minor = i / LINE;
        return i % LINE > 0
                ? "follows: 4." + minor + "." + (i % LINE - 1)
                : "follows: [4." + (minor - 1) + ".5, 4." + (minor - 1) + ".9]";
    }
}
