package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team with shipped migrations starts with the findings of the next release, or accepts those that it has. */
class LintAdoptionTest {

    private static final String TABLE = "CREATE TABLE host (id INT AUTO_INCREMENT PRIMARY KEY, name CHAR(36));\n";

    @TempDir
    Path folder;

    private Path migrations;
    private ToolProcess tool;

    @BeforeEach
    void shippedMigrations() throws IOException {
        migrations = Files.createDirectory(folder.resolve("migrations"));
        tool = new ToolProcess(folder, java.util.Map.of());
        write("V_400_A.sql", TABLE);
        write("V_410_A.sql", "UPDATE host SET name = UUID();\nUPDATE host SET name = UUID();\n");
    }

    @Test
    void warningsEndWithAnotherCodeThanErrors() throws IOException {
        assertThat(lint().code()).isEqualTo(ExitCode.WARNINGS);

        write("V_411_A.sql", "ALTER TABLE host ADD COLUMN more INT;\n");
        assertThat(lint().code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aReleaseIsTheFirstThatIsReported() throws IOException {
        assertThat(lint("--from-release", "4.2.0").code()).isEqualTo(ExitCode.DONE);

        write("V_420_A.sql", "UPDATE host SET name = UUID();\n");
        assertThat(lint("--from-release", "4.2.0").out())
                .contains("V_420_A.sql:1: [non-deterministic]")
                .doesNotContain("V_410_A.sql");
        assertThat(lint("--from-release", "four").code()).isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void aBaselineAcceptsWhatWasFoundAndNoMore() throws IOException {
        assertThat(lint("--baseline", "accepted.txt").code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(lint("--baseline", "accepted.txt", "--update-baseline").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readAllLines(folder.resolve("accepted.txt"))).contains("non-deterministic V_410_A.sql 2");
        assertThat(lint("--baseline", "accepted.txt").code()).isEqualTo(ExitCode.DONE);

        write("V_410_A.sql", "UPDATE host SET name = UUID();\n".repeat(3));
        assertThat(lint("--baseline", "accepted.txt").out()).contains("V_410_A.sql:1: [non-deterministic]");
    }

    private ToolProcess.Ending lint(String... options) {
        String[] all = new String[options.length + 3];
        all[0] = "lint";
        all[1] = "--locations";
        all[2] = "filesystem:" + migrations;
        System.arraycopy(options, 0, all, 3, options.length);
        return tool.run(all);
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(migrations.resolve(file), content);
    }
}
