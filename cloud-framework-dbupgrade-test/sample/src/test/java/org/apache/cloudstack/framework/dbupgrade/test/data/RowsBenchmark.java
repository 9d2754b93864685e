package org.apache.cloudstack.framework.dbupgrade.test.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.sample.SampleUpgrade;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a million rows take, in a process with a heap of 64 MB: of a narrow table, and of the sample's widest one with its
 * foreign keys. {@code -Ddbupgrade.data.rows} takes another number.
 */
class RowsBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(RowsBenchmark.class);
    private static final long ROWS = Long.getLong("dbupgrade.data.rows", 1_000_000);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String NARROW = "CREATE TABLE cloud.narrow (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,"
            + " uuid VARCHAR(40) UNIQUE, name VARCHAR(255) NOT NULL, size BIGINT UNSIGNED, created DATETIME NOT NULL)";

    @Test
    @SampleUpgrade
    void aMillionRows(@UpgradeDatabase(at = "newest") MigratedDatabase database) {
        database.run(NARROW);
        List<List<String>> table = List.of(measure(database, "narrow"), measure(database, "vm_instance"));
        LOG.info("Inserting {} rows on {}", ROWS, database.server().server().version());
        new TextTable(List.of("table", "rows", "seconds", "rows/s", "heap, MB"), table)
                .lines()
                .forEach(LOG::info);
    }

    private static List<String> measure(MigratedDatabase database, String table) {
        try (ChildJvm process = TestDataProcess.start(database.server().server(), table, ROWS)) {
            process.awaitExit(LONGEST);
            TestDataProcess.Figures figures = TestDataProcess.figures(process.output());
            assertThat(database.server().count("cloud." + table)).isGreaterThanOrEqualTo(ROWS);
            return List.of(
                    table,
                    Long.toString(figures.rows()),
                    "%.1f".formatted(figures.milliseconds() / 1e3),
                    Long.toString(figures.rowsPerSecond()),
                    Long.toString(figures.heap()));
        }
    }
}
