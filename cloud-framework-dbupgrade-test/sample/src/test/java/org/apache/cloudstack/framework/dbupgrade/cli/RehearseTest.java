package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.backup.DatabasePicture;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An upgrade is tried on a copy; the source stays as it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RehearseTest {

    @TempDir
    Path folder;

    KillableServer scratch;
    ToolBench bench;
    String programs;

    @BeforeAll
    void start() {
        scratch = KillableServer.start();
    }

    @AfterAll
    void stop() {
        scratch.close();
    }

    @BeforeEach
    void open() {
        bench = new ToolBench(folder, TestServers.mariaDb11_4());
        programs = bench.database()
                        .jdbc()
                        .sql("SELECT @@basedir")
                        .query(String.class)
                        .single() + "/bin";
        JdbcClient jdbc = JdbcClient.create(scratch.dataSource());
        jdbc.sql("DROP DATABASE IF EXISTS cloud").update();
        jdbc.sql("DROP DATABASE IF EXISTS cloud_usage").update();
        assertThat(bench.run("upgrade", "--target", "4.0.0").code()).isEqualTo(ExitCode.DONE);
        bench.database().run("INSERT INTO cloud.a VALUES (5)" + ", (5)".repeat(49));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theCopyIsUpgradedAndTheSourceIsNot() throws SQLException {
        List<String> before = picture();

        ToolProcess.Ending ending = rehearse();

        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.DONE);
        assertThat(ending.out()).contains("On the copy", "from 4.0.0 to 4.1.0", "4.1.0 A  more");
        assertThat(picture()).isEqualTo(before);
        assertThat(rowsOfTheCopy()).isEqualTo(52);
    }

    @Test
    void theChecksOfTheUpgradeLookAtTheDatabasesAndAtTheCopy() {
        String packet = bench.database()
                .jdbc()
                .sql("SELECT @@GLOBAL.max_allowed_packet")
                .query(String.class)
                .single();
        bench.with("V_420_A.sql", "INSERT INTO a SELECT 1, LENGTH('" + "x".repeat(20_000) + "');");
        bench.database().run("SET GLOBAL max_allowed_packet = 16384");
        try {
            assertThat(bench.run("preflight").code()).isEqualTo(ExitCode.REFUSED);

            ToolProcess.Ending onCopy = rehearse();

            assertThat(onCopy.err()).contains("max_allowed_packet");
            assertThat(onCopy.code()).as(onCopy.err()).isEqualTo(ExitCode.DONE);
        } finally {
            bench.database().run("SET GLOBAL max_allowed_packet = " + packet);
        }
    }

    @Test
    void aCopyOnAServerThatFailsACheckIsNotUpgraded() {
        JdbcClient jdbc = JdbcClient.create(scratch.dataSource());
        String packet = jdbc.sql("SELECT @@GLOBAL.max_allowed_packet")
                .query(String.class)
                .single();
        bench.with("V_420_A.sql", "INSERT INTO a SELECT 1, LENGTH('" + "x".repeat(20_000) + "');");
        jdbc.sql("SET GLOBAL max_allowed_packet = 16384").update();
        try {
            ToolProcess.Ending ending = rehearse();

            assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(ending.err()).contains("max_allowed_packet");
        } finally {
            jdbc.sql("SET GLOBAL max_allowed_packet = " + packet).update();
        }
    }

    @Test
    void aSampleIsEnoughToTry() {
        ToolProcess.Ending ending = rehearse("--sample", "10", "--json");

        assertThat(ending.json().get("upgrade").get("to").asString()).isEqualTo("4.1.0");
        assertThat(rowsOfTheCopy()).isEqualTo(11);
    }

    @Test
    void aSampleHasAllOfTheRecordsSoThatWhatIsHalfDoneGoesOn() {
        bench.with("V_405_A__half.sql", "INSERT INTO a VALUES (6);\nINSERT INTO a SELECT id FROM missing;");
        assertThat(bench.run("upgrade", "--target", "4.0.5").code()).isEqualTo(ExitCode.FAILED);
        bench.with("V_405_A__half.sql", "INSERT INTO a VALUES (6);\nCREATE TABLE missing (id INT);");
        bench.database()
                .run("INSERT INTO cloud.dbupgrade_checkpoint SELECT 'R_other', CONCAT('row ', seq), seq, NOW()"
                        + " FROM cloud.seq_1_to_500;"
                        + " CREATE TABLE cloud_usage.dbupgrade_checkpoint (id INT);"
                        + " INSERT INTO cloud_usage.dbupgrade_checkpoint SELECT seq FROM cloud.seq_1_to_500");

        ToolProcess.Ending ending = rehearse("--sample", "1");

        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.DONE);
        assertThat(rowsOf("cloud.dbupgrade_checkpoint")).isEqualTo(500);
        assertThat(rowsOf("cloud_usage.dbupgrade_checkpoint"))
                .as("which is somebody else's")
                .isEqualTo(1);
        assertThat(rowsOf("cloud.a"))
                .as("one of the sample, one of 4.1.0, none of what was done")
                .isEqualTo(2);
    }

    @Test
    void aMigrationThatFailsOnTheCopyHarmsNothing() throws SQLException {
        bench.with("V_420_A__broken.sql", "DELETE FROM a;\nALTER TABLE a ADD COLUMN b INT;");
        List<String> before = picture();

        ToolProcess.Ending ending = rehearse();

        assertThat(ending.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ending.err()).contains("about the copy", "V_420_A__broken.sql", "error 1060");
        assertThat(picture()).isEqualTo(before);
    }

    @Test
    void whatIsOnTheScratchServerIsDroppedOnRequestOnly() {
        assertThat(rehearse().code()).isEqualTo(ExitCode.DONE);

        ToolProcess.Ending refused = rehearse();
        assertThat(refused.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(refused.err()).contains("cloud, cloud_usage already", "--replace");
        assertThat(rehearse("--replace").code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void theSourceItselfIsNoScratchServer() throws SQLException {
        List<String> before = picture();
        String[] onSource = {
            "rehearse",
            "--scratch-url",
            bench.database().jdbcUrl(),
            "--tools",
            programs,
            "--replace",
            "--scratch-user",
            bench.database().server().user()
        };

        ToolProcess.Ending ending = bench.run(
                Map.of("DBUPGRADE_SCRATCH_PASSWORD", bench.database().server().password()), onSource);

        assertThat(ending.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(ending.err()).contains("server of the databases themselves");
        assertThat(picture()).isEqualTo(before);
    }

    private ToolProcess.Ending rehearse(String... more) {
        String[] command = {
            "rehearse", "--scratch-url", scratch.jdbcUrl(), "--scratch-user", scratch.user(), "--tools", programs
        };
        return bench.run(
                Map.of("DBUPGRADE_SCRATCH_PASSWORD", scratch.password()),
                Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private int rowsOfTheCopy() {
        return rowsOf("cloud.a");
    }

    private int rowsOf(String table) {
        return JdbcClient.create(scratch.dataSource())
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Integer.class)
                .single();
    }

    private List<String> picture() throws SQLException {
        try (Connection connection = bench.database().dataSource().getConnection()) {
            return DatabasePicture.of(connection, List.of("cloud", "cloud_usage"));
        }
    }
}
