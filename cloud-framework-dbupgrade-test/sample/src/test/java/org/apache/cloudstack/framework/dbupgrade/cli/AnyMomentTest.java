package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.backup.DatabasePicture;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ctrl-C at any moment of the commands that only read, or write one file: nothing is changed, and they are restarted. */
@UpgradeDatabase
class AnyMomentTest {

    private static final Logger LOG = LoggerFactory.getLogger(AnyMomentTest.class);
    private static final int INTERRUPTED = 130;
    private static final long SEED = Long.getLong("dbupgrade.seed", System.nanoTime());

    @TempDir
    Path folder;

    private ToolBench bench;

    @BeforeEach
    void open(MigratedDatabase empty) throws IOException, InterruptedException {
        bench = new ToolBench(folder, empty);
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("create-schema.sql"), "CREATE TABLE a (id INT);\n");
        Files.writeString(tree.resolve("schema-40to410.sql"), "ALTER TABLE a ADD b INT;\n");
        new ProcessBuilder("git", "init", "-q", folder.resolve("repository").toString())
                .start()
                .waitFor();
    }

    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("status"),
                List.of("plan"),
                List.of("graph"),
                List.of("preflight"),
                List.of("contract"),
                List.of("verify"),
                List.of("report", "report.html"),
                List.of("snapshot"),
                List.of("lint"),
                List.of("releases", "cut", "4.2.0"),
                List.of("releases", "from-git", "repository", "--directories", "db", "--write", "releases.yaml"),
                List.of("generate-completion"),
                List.of("import", "tree", "--base", "create-schema.sql=4.0.0", "--into", "imported"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void nothingIsChangedAndTheCommandIsBegunAnew(List<String> command) throws Exception {
        List<String> before = picture();
        Random random = new Random(SEED);
        Duration moment = Duration.ofMillis(200 + random.nextInt(1300));
        LOG.info("{} is stopped after {} ms, seed {}", command, moment.toMillis(), SEED);

        ToolProcess.Running running = bench.start(command.toArray(String[]::new));
        LockSupport.parkNanos(moment.toNanos());
        running.controlC();
        ToolProcess.Ending stopped = running.ending();
        // in the same directory, which its files are named from
        ToolProcess.Ending again = bench.start(command.toArray(String[]::new)).ending();

        assertThat(picture()).isEqualTo(before);
        assertThat(drafts()).isEmpty();
        if (stopped.status() == INTERRUPTED) {
            assertThat(stopped.err()).doesNotContain("Exception");
            assertThat(again.code()).as(again.out() + again.err()).isNotEqualTo(ExitCode.FAILED);
        } else {
            // it was done before; what it wrote may are in the way of a second one, which says so
            assertThat(stopped.status()).isLessThan(ExitCode.values().length);
        }
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".import"))
                    .toList();
        }
    }

    private List<String> picture() throws SQLException {
        try (Connection connection = bench.database().dataSource().getConnection()) {
            return DatabasePicture.of(connection, List.of("cloud"));
        }
    }
}
