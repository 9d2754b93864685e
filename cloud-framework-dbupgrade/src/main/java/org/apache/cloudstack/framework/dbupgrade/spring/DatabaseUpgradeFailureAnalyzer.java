package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Reports why the database was not upgraded, and what to do; it comes before analyzers that know only a deeper cause. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseUpgradeFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseUpgradeException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DatabaseUpgradeException cause) {
        List<Finding> findings = cause.findings();
        String problems = numbered(findings.stream()
                .map(DatabaseUpgradeFailureAnalyzer::facts)
                .distinct()
                .toList());
        String remedies = numbered(findings.stream()
                .map(finding -> finding.remedy() + " See " + finding.page())
                .distinct()
                .toList());
        return new FailureAnalysis(headline(cause) + "\n\n" + problems, remedies, cause);
    }

    private static String facts(Finding finding) {
        return finding.evidence().isEmpty() ? finding.problem() : finding.problem() + "\n" + finding.evidence();
    }

    private static String headline(DatabaseUpgradeException cause) {
        return cause instanceof UpgradeFailedException failed
                ? "The database upgrade stopped. " + done(failed.report().runs())
                : "The database was not upgraded.";
    }

    private static String done(List<UpgradeReport.Run> runs) {
        if (runs.isEmpty()) {
            return "No migration was completed before.";
        }
        String number = runs.size() == 1 ? "1 migration was" : runs.size() + " migrations were";
        return number + " completed before, the last being "
                + runs.get(runs.size() - 1).script() + ".";
    }

    private static String numbered(List<String> texts) {
        if (texts.size() < 2) {
            return String.join("", texts);
        }
        return IntStream.range(0, texts.size())
                .mapToObj(index -> (index + 1) + ". " + texts.get(index))
                .collect(Collectors.joining("\n"));
    }
}
