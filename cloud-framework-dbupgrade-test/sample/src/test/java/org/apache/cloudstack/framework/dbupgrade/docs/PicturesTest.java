package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.cli.DatabaseUpgradeTool;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of README show what the tool prints; {@code mvn -Ppages} takes them again. */
class PicturesTest {

    private static final boolean WRITE = Boolean.getBoolean("dbupgrade.pages.write");
    private static final String MIGRATIONS = "classpath:org/apache/cloudstack/framework/dbupgrade/sample/migrations";
    private static final int SHOWN = 6;
    /** What differs from one run to the next. */
    private static final String VARIES =
            "\\d[\\d.]* (ms|s|min)\\b|MariaDB [\\w.-]+|MySQL [\\w.-]+| y=\"\\d+\"|(width|height|viewBox)=\"[\\d ]+\"";

    @TempDir
    Path folder;

    @Test
    void theyShowWhatTheToolPrints() throws IOException {
        try (TestDatabase database = TestDatabase.fresh(TestServers.mariaDb11_4())) {
            run(database, "upgrade", "--target", "4.5.3");
            Path graph = folder.resolve("graph.svg");
            run(database, "graph", "--svg", graph.toString());
            isThatOf("graph.svg", Files.readString(graph));

            List<String> lines = new ArrayList<>(List.of("$ dbupgrade upgrade"));
            lines.addAll(shortened(run(database, "upgrade")));
            lines.add("");
            lines.add("$ dbupgrade graph");
            lines.addAll(run(database, "graph").subList(0, SHOWN));
            isThatOf("upgrade.svg", new TerminalPicture(lines).svg());
        }
    }

    /** Its first and its last lines. */
    private static List<String> shortened(List<String> lines) {
        List<String> shown = new ArrayList<>(lines.subList(0, SHOWN));
        shown.add("…");
        shown.addAll(lines.subList(lines.size() - SHOWN, lines.size()));
        return shown;
    }

    private List<String> run(TestDatabase database, String... command) throws IOException {
        Path password =
                Files.writeString(folder.resolve("password"), database.server().password() + "\n");
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(
                List.of("--url", database.jdbcUrl(), "--user", database.server().user()));
        words.addAll(List.of("--password-file", password.toString(), "--locations", MIGRATIONS));
        words.addAll(List.of("--schemas", "cloud,cloud_usage"));
        StringWriter out = new StringWriter();
        int status = DatabaseUpgradeTool.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(words.toArray(String[]::new));
        assertThat(status).as(out.toString()).isZero();
        return out.toString().lines().toList();
    }

    private static void isThatOf(String name, String picture) throws IOException {
        Path file = Handbook.directory().resolve("images").resolve(name);
        if (WRITE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, picture);
        }
        assertThat(Files.readString(file).replaceAll(VARIES, "~"))
                .as("mvn -Ppages takes the picture again")
                .isEqualTo(picture.replaceAll(VARIES, "~"));
    }
}
