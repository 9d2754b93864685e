package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.cli.DatabaseUpgradeTool;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.FailureCause;
import org.apache.cloudstack.framework.dbupgrade.lint.LintRule;
import org.junit.jupiter.api.Test;

/** The pages of the reference are what the code has; {@code mvn -Ppages} writes their generated parts. */
class ReferencePagesTest {

    private static final Markdown FINDINGS = Handbook.page("reference/findings.md");
    private static final String REMEDY = "**What to do:** ";

    @Test
    void thePropertiesAreThoseOfTheMetadata() throws IOException {
        List<List<String>> rows = Metadata.properties().stream()
                .map(row -> List.of(code(row.get(0)), row.get(1), code(row.get(2)), row.get(3)))
                .toList();

        new GeneratedPart(Handbook.page("reference/properties.md"), "properties")
                .isThatOf(GeneratedPart.table(List.of("property", "type", "default", "meaning"), rows));
    }

    @Test
    void theCausesOfErrorsAreThoseOfTheCode() throws IOException {
        List<List<String>> rows = Stream.of(FailureCause.values())
                .map(known -> List.of(known.errors(), known.cause(), known.cure()))
                .toList();

        new GeneratedPart(Handbook.page("reference/server-errors.md"), "server-errors")
                .isThatOf(GeneratedPart.table(List.of("error", "usual cause", "what helps"), rows));
    }

    @Test
    void theRulesAreThoseOfTheCode() throws IOException {
        Markdown page = Handbook.page("reference/lint-rules.md");
        List<List<String>> rows = Stream.of(LintRule.values())
                .map(rule -> List.of(code(rule.id()), rule.meaning(), rule.remedy()))
                .toList();

        new GeneratedPart(page, "lint-rules")
                .isThatOf(GeneratedPart.table(List.of("rule", "broken when", "instead"), rows));
        assertThat(page.all("(?m)^## `([a-z-]+)`$"))
                .as("each rule has its section")
                .containsExactlyElementsOf(
                        Stream.of(LintRule.values()).map(LintRule::id).toList());
    }

    @Test
    void theExitCodesAreThoseOfTheTool() throws IOException {
        List<List<String>> rows =
                DatabaseUpgradeTool.commandLine().getCommandSpec().usageMessage().exitCodeList().entrySet().stream()
                        .map(code -> List.of(code.getKey(), code.getValue()))
                        .toList();

        new GeneratedPart(Handbook.page("reference/commands.md"), "exit-codes")
                .isThatOf(GeneratedPart.table(List.of("exit status", "meaning"), rows));
    }

    @Test
    void eachFindingHasItsSection() throws IOException {
        List<String> sections = FINDINGS.all("(?m)^## `([A-Z_]+)`$");
        assertThat(sections)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(FindingCode.values()).map(FindingCode::name).toList());

        List<String> written = new ArrayList<>(FINDINGS.lines());
        for (FindingCode code : FindingCode.values()) {
            int at = FINDINGS.lines().indexOf("## `" + code.name() + "`");
            written.set(at + 2, sentence(code.meaning()));
            assertThat(written.get(at + 4)).startsWith(REMEDY).endsWith(".");
        }
        FINDINGS.isOrBecomes(written);
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String sentence(String phrase) {
        return phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1) + ".";
    }
}
