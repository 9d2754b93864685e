package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Audience;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;

/**
 * What a command answers.
 *
 * @param code the exit code for the shell
 * @param text the lines for people
 * @param document what becomes one JSON document for machines: a record, a map or a list
 * @param isVerbatim whether the lines are never wrapped
 */
record CommandResult(ExitCode code, List<String> text, Object document, boolean isVerbatim) {

    CommandResult {
        text = List.copyOf(text);
    }

    CommandResult(ExitCode code, List<String> text, Object document) {
        this(code, text, document, false);
    }

    /** The same whose lines are printed as they are, however long: a drawing, or SQL to be stored. */
    CommandResult verbatim() {
        return new CommandResult(code, text, document, true);
    }

    /** What people see of findings: what was found, below it what to do, and where to read more. */
    static List<String> textOf(List<Finding> findings) {
        return findings.stream()
                .flatMap(finding -> Stream.of(
                        finding.code() + ": "
                                + finding.description(Audience.TOOL).replace("\n", "\n  "),
                        "  " + finding.remedy(Audience.TOOL),
                        "  See " + finding.page()))
                .toList();
    }

    /**
     * A finding for machines.
     *
     * @param code its kind
     * @param subject what it is about
     * @param problem what was found
     * @param remedy what to do
     */
    record Problem(String code, String subject, String problem, String remedy) {

        static List<Problem> of(List<Finding> findings) {
            return findings.stream()
                    .map(finding -> new Problem(
                            finding.code().name(),
                            finding.subject(),
                            finding.description(Audience.TOOL),
                            finding.remedy(Audience.TOOL)))
                    .toList();
        }
    }
}
