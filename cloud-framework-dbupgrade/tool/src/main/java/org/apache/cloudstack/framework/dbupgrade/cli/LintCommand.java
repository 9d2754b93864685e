package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.finding.Count;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.springframework.jdbc.datasource.AbstractDataSource;
import picocli.CommandLine;

/** The migrations against the rules; no database is asked. */
@CommandLine.Command(
        name = "lint",
        description = "Checks migrations against the rules of conventions.md; needs no database.",
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " lint --locations filesystem:src/main/resources/db/upgrade")
final class LintCommand extends Command {

    /** A broken rule, for machines. */
    record Document(String rule, String script, int line, String problem, String remedy) {

        static Document of(LintFinding finding) {
            return new Document(
                    finding.rule().id(),
                    finding.script(),
                    finding.line(),
                    finding.problem(),
                    finding.rule().remedy());
        }
    }

    @Override
    CommandResult answer() {
        CommandContext workplace = workplace();
        List<LintFinding> findings = DatabaseUpgrade.of(new NoDataSource())
                .settings(workplace.settings())
                .classLoader(workplace.loader())
                .build()
                .lint();
        List<String> text = findings.isEmpty()
                ? List.of("No rule is broken.")
                : java.util.stream.Stream.concat(
                                findings.stream().map(LintFinding::toString),
                                java.util.stream.Stream.of(Count.of(findings.size(), "finding") + "."))
                        .toList();
        ExitCode code = findings.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
        return new CommandResult(code, text, findings.stream().map(Document::of).toList());
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
