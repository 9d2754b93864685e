package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.FailureCause;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ReleasesFile;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md, conventions.md and the handbook state is what the code does. */
class ReadmeTest {

    private static final Markdown README = Handbook.readme();
    private static final Markdown CONVENTIONS = Handbook.conventions();
    private static final int LONGEST_README = 250;
    private static final List<String> METERS = List.of("cloud.dbupgrade.migration", "cloud.dbupgrade.statements");

    @TempDir
    Path folder;

    static Stream<Snippet> scripts() {
        return snippets("sql");
    }

    static Stream<Snippet> classes() {
        return snippets("java");
    }

    static Stream<Snippet> releasesFiles() {
        return snippets("yaml").filter(snippet -> snippet.file().equals(ReleasesFile.NAME));
    }

    static List<List<String>> wrongNames() {
        return CONVENTIONS.table("wrong", "problem", "suggestion");
    }

    @Test
    void everyPropertyThatIsNamedExists() throws IOException {
        List<String> known = new ArrayList<>(METERS);
        Metadata.properties().forEach(row -> known.add(row.get(0)));

        assertThat(Handbook.written())
                .allSatisfy(page -> assertThat(page.all("cloud\\.dbupgrade(?:\\.[a-z]+(?:-[a-z]+)*)+"))
                        .as(page.file().toString())
                        .isSubsetOf(known));
    }

    @Test
    void theReportOfAFailureReadsAsTheCodeSays() {
        assertThat(Handbook.page("operations/when-it-fails.md").text())
                .contains(". Usual cause: " + FailureCause.COLUMN_THERE.cause() + "\n  "
                        + FailureCause.COLUMN_THERE.cure() + " The failed statement");
    }

    @Test
    void theHeadLinesAreThoseOfTheCode() throws IOException {
        List<String> known = new ArrayList<>(keysOf("V_100_A.sql"));
        known.addAll(keysOf("R_view.sql"));
        known.addAll(keysOf("T_100_A.sql"));

        assertThat(Handbook.page("reference/directives.md").table("key", "value", "for", "states"))
                .extracting(row -> row.get(0))
                .containsExactlyInAnyOrderElementsOf(known.stream().distinct().toList());
    }

    private List<String> keysOf(String script) throws IOException {
        String told = new Snippet(script, "-- dbupgrade: unknown=1")
                .findingsAsScript(folder).stream()
                        .filter(finding -> finding.code() == FindingCode.MALFORMED_DIRECTIVE)
                        .filter(finding -> finding.subject().equals(script))
                        .map(Finding::remedy)
                        .findFirst()
                        .orElseThrow();
        return Pattern.compile("([a-z_-]+)=")
                .matcher(told)
                .results()
                .map((MatchResult key) -> key.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wrongNames")
    void aWrongNameIsToldAsTheConventionsSay(List<String> row) throws IOException {
        List<Finding> findings = new Snippet(row.get(0), "SELECT 1;").findingsAsScript(folder);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.MALFORMED_NAME);
            assertThat(finding.problem()).contains(row.get(1));
            assertThat(finding.remedy()).contains(" " + row.get(2) + ",");
        });
    }

    @Test
    void theNamesThatTheConventionsShowAreRead() throws IOException {
        for (List<String> row : CONVENTIONS.table("form", "example", "release", "for")) {
            assertThat(new Snippet(row.get(1), "SELECT 1;").findingsAsScript(folder))
                    .isEmpty();
            Files.delete(folder.resolve(row.get(1)));
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptIsAMigration(Snippet script) throws IOException {
        assertThat(script.findingsAsScript(folder)).isEmpty();
        assertThat(ClientSplitter.split(script.file(), script.text())).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void aClassIsCompiledAndRead(Snippet type) throws IOException {
        assertThat(type.compileInto(folder)).isEmpty();
        if (type.file().startsWith("V_")) {
            assertThat(type.findingsAsClass(folder)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("releasesFiles")
    void aReleasesFileKeepsItsRules(Snippet file) {
        ReleasesFile releases = ReleasesFile.read(file.file(), file.text());

        assertThat(releases.findings()).isEmpty();
        assertThat(releases.declarations()).hasSizeGreaterThan(3);
    }

    @Test
    void everyProfileAndPluginThatIsNamedExists() throws IOException {
        String pom = Files.readString(README.beside("pom.xml"));

        assertThat(README.all("mvn[^`\\n]* -P(\\w+)")).isNotEmpty().allSatisfy(profile -> assertThat(pom)
                .contains("<id>" + profile + "</id>"));
        assertThat(Handbook.page("contributing.md").all("mvn (\\w+):\\w+"))
                .isNotEmpty()
                .allSatisfy(plugin -> assertThat(pom).contains(plugin + "-maven-plugin"));
    }

    @Test
    void codeComesEarly() {
        assertThat(README.lines().subList(0, 50)).contains("mvn -Psample", "mvn verify");
    }

    @Test
    void theReadmeIsShort() {
        assertThat(README.lines()).hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    private static Stream<Snippet> snippets(String language) {
        return Handbook.withCode().stream().flatMap(page -> page.snippets(language).stream());
    }
}
