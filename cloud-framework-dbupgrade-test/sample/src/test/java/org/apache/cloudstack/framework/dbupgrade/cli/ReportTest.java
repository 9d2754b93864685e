package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** One page that reports everything, and loads nothing. */
@UpgradeDatabase
class ReportTest {

    @TempDir
    Path folder;

    ToolBench bench;
    Path page;

    @BeforeEach
    void open(MigratedDatabase empty) {
        bench = new ToolBench(folder, empty);
        page = folder.resolve("report.html");
    }

    @Test
    void itTellsWhatWasRunWhatIsPendingAndWhatDiffers() throws Exception {
        upgradeWithADifference();

        assertThat(bench.run("report", page.toString()).code()).isEqualTo(ExitCode.DONE);

        String html = Files.readString(page);
        assertThat(html.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .contains("V_410_A__more.sql", "V_420_A__next.sql", "release 4.2.0 is not reached")
                .contains("cloud.a.b", "bigint")
                .doesNotContain("http://", "https://", "<script", "<link", "src=");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(html.replace("<!DOCTYPE html>", ""))))
                        .getElementsByTagName("h2")
                        .getLength())
                .isEqualTo(4);
    }

    @Test
    void ofDatabasesThatCannotBeUpgradedItSaysWhy() throws IOException {
        bench.database().run("CREATE DATABASE cloud; CREATE TABLE cloud.`<b>` (id INT)");

        assertThat(bench.run("report", page.toString()).code()).isEqualTo(ExitCode.DONE);

        assertThat(Files.readString(page)).contains("class=\"bad\"", "baseline").doesNotContain("<b>");
    }

    @Test
    void aFileThatCannotBeWrittenIsWrongUse() {
        assertThat(bench.run("report", "nowhere/at/all.html").code()).isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    @EnabledIf(value = "hasBrowser", disabledReason = "There is no chromium on the PATH")
    void aBrowserShowsAndPrintsIt() throws Exception {
        upgradeWithADifference();
        assertThat(bench.run("report", page.toString()).code()).isEqualTo(ExitCode.DONE);
        Path print = folder.resolve("report.pdf");

        String shown = browser("--dump-dom", page.toUri().toString());
        String told = browser("--print-to-pdf=" + print, page.toUri().toString());

        assertThat(shown).contains("<h2>What was run</h2>", "V_410_A__more.sql", "cloud.a.b");
        assertThat(Files.size(print)).as(told).isGreaterThan(1000);
        assertThat(Files.readAllBytes(print)).startsWith("%PDF".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private void upgradeWithADifference() {
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.run("snapshot", bench.migrations().toString()).code()).isEqualTo(ExitCode.DONE);
        bench.database().run("ALTER TABLE cloud.a MODIFY b BIGINT");
        bench.with("V_420_A__next.sql", "CREATE TABLE c (id INT);");
    }

    static boolean hasBrowser() {
        return chromium().isPresent();
    }

    private static Optional<Path> chromium() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(each -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(each, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String browser(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(
                                chromium().orElseThrow().toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--user-data-dir=" + folder.resolve("browser")),
                        Arrays.stream(arguments))
                .toList();
        Path output = Files.createTempFile(folder, "browser", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output);
    }
}
