package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Count;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.lint.LintRule;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;
import picocli.CommandLine;

/** The migrations against the rules; no database is asked. */
@CommandLine.Command(
        name = "lint",
        description = "Checks migrations against the lint rules; needs no database.",
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " lint --locations filesystem:src/main/resources/db/upgrade")
final class LintCommand extends Command {

    @CommandLine.Option(
            names = "--from-release",
            paramLabel = "<version>",
            description = "Report only what this release and later ones bring.")
    private @Nullable String fromRelease;

    @CommandLine.Option(
            names = "--baseline",
            paramLabel = "<file>",
            description = "Do not report findings that this file accepts.")
    private @Nullable Path baseline;

    @CommandLine.Option(
            names = "--update-baseline",
            description = "Write the file of --baseline, so that it accepts what is found now.")
    private boolean updateBaseline;

    /** A broken rule, for machines. */
    record Document(
            String rule, String severity, String script, int line, String problem, String remedy, List<Integer> lines) {

        static Document of(LintFinding finding) {
            return new Document(
                    finding.rule().id(),
                    finding.rule().severity().name().toLowerCase(Locale.ROOT),
                    finding.script(),
                    finding.line(),
                    finding.problem(),
                    finding.rule().remedy(),
                    Stream.concat(
                                    Stream.of(finding.line()),
                                    finding.further().stream().map(LintFinding.Place::line))
                            .toList());
        }
    }

    @Override
    CommandResult answer() {
        List<LintFinding> findings = findings();
        if (updateBaseline) {
            if (baseline == null) {
                throw new WrongUseException("--update-baseline needs the file: --baseline=<file>");
            }
            LintBaseline.write(baseline, findings);
            return new CommandResult(
                    ExitCode.DONE,
                    List.of(baseline + " accepts " + Count.of(findings.size(), "finding") + "."),
                    List.of());
        }
        List<LintFinding> left = baseline == null ? findings : left(LintBaseline.read(baseline), findings);
        List<String> text = left.isEmpty()
                ? List.of("No rule is broken.")
                : Stream.concat(
                                left.stream().map(LintFinding::toString),
                                Stream.of(Count.of(left.size(), "finding") + "."))
                        .toList();
        return new CommandResult(
                code(left), text, left.stream().map(Document::of).toList());
    }

    private static List<LintFinding> left(LintBaseline accepted, List<LintFinding> findings) {
        return findings.stream().filter(finding -> !accepted.accepts(finding)).toList();
    }

    private static ExitCode code(List<LintFinding> findings) {
        Set<LintRule.Severity> severities =
                findings.stream().map(finding -> finding.rule().severity()).collect(Collectors.toSet());
        if (severities.contains(LintRule.Severity.ERROR)) {
            return ExitCode.REFUSED;
        }
        return severities.contains(LintRule.Severity.WARNING) ? ExitCode.WARNINGS : ExitCode.DONE;
    }

    private List<LintFinding> findings() {
        CommandContext workplace = workplace();
        DatabaseUpgrade upgrade = DatabaseUpgrade.of(new NoDataSource())
                .settings(workplace.settings())
                .classLoader(workplace.loader())
                .build();
        if (fromRelease == null) {
            return upgrade.lint();
        }
        String version = fromRelease;
        return upgrade.lint(ReleaseVersion.tryParse(version)
                .orElseThrow(() -> new WrongUseException(
                        "--from-release names a release, such as 4.19.0; '" + version + "' is none.")));
    }

    /** The rules ask no database. */
    private static final class NoDataSource extends AbstractDataSource {

        @Override
        public java.sql.Connection getConnection() {
            throw new IllegalStateException("lint asks no database");
        }

        @Override
        public java.sql.Connection getConnection(String user, String password) {
            return getConnection();
        }
    }
}
