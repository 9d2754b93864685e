package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.JvmProgram;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Inserts rows in a process with a heap of 64 MB, and shows how long that took. */
final class TestDataProcess {

    private static final String PASSWORD = "DATA_PASSWORD";
    private static final Pattern FIGURES = Pattern.compile("(\\d+) rows, (\\d+) ms, (\\d+) MB of heap at most");

    private TestDataProcess() {}

    /**
     * What a process reported.
     *
     * @param heap the most heap it used, in MB
     */
    record Figures(long rows, long milliseconds, long heap) {

        long rowsPerSecond() {
            return rows * 1000 / Math.max(milliseconds, 1);
        }
    }

    static ChildJvm start(DatabaseServer server, String table, long rows) {
        return JvmProgram.of(TestDataProcess.class, server.jdbcUrl(), server.user(), table, Long.toString(rows))
                .with(PASSWORD, server.password())
                .withOptions("-Xmx64m", "-XX:TieredStopAtLevel=4")
                .start();
    }

    /** Reads what an ended process reported. */
    static Figures figures(String output) {
        Matcher matcher = FIGURES.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("The process reported no figures but:\n" + output);
        }
        return new Figures(
                Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }

    public static void main(String[] arguments) {
        long begin = System.nanoTime();
        InsertedRows rows = TestData.in(
                        new DriverManagerDataSource(arguments[0], arguments[1], System.getenv(PASSWORD)),
                        List.of("cloud", "cloud_usage"))
                .rows(arguments[2], Long.parseLong(arguments[3]))
                .seed(42)
                .insert();
        long milliseconds = (System.nanoTime() - begin) / 1_000_000;
        // anyone who started this process listens there
        System.out.println(
                rows.total() + " rows, " + milliseconds + " ms, " + heapAtMost() / 1024 / 1024 + " MB of heap at most");
        System.exit(0);
    }

    private static long heapAtMost() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }
}
