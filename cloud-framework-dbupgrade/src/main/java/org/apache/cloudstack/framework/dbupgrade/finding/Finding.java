package org.apache.cloudstack.framework.dbupgrade.finding;

import java.util.List;
import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.internal.text.PlainText;

/**
 * Something the operator or developer reads: what it is about, what was found, and what to do. Where the reader is not named,
 * it is an application's operator.
 *
 * @param code the kind of finding; stable, for machines
 * @param subject the file, release, database or server concerned
 * @param facts what fills the places of the code's messages: strings, and {@link Wording}s
 * @param evidence the facts that support it, such as the server's own error; empty when the problem says it all
 */
public record Finding(FindingCode code, String subject, List<Object> facts, String evidence) {

    private static final String PAGE =
            "https://github.com/apache/cloudstack/blob/main/cloud-framework-dbupgrade/docs/reference/findings.md#";

    public Finding {
        subject = PlainText.line(subject);
        facts = facts.stream()
                .map(fact -> fact instanceof Wording ? fact : (Object) PlainText.lines(String.valueOf(fact)))
                .toList();
        evidence = PlainText.lines(evidence);
    }

    /** What was found and why it stops, in one or two sentences. */
    public String problem() {
        return problem(Audience.APPLICATION);
    }

    /** The same for a reader. */
    public String problem(Audience audience) {
        return code.problem(this, audience);
    }

    /** What to do about it. */
    public String remedy() {
        return remedy(Audience.APPLICATION);
    }

    /** The same for a reader. */
    public String remedy(Audience audience) {
        return code.remedy(this, audience);
    }

    /** The problem and its evidence, for one line of a log. */
    public String description() {
        return description(Audience.APPLICATION);
    }

    /** The same for a reader. */
    public String description(Audience audience) {
        String problem = problem(audience);
        return evidence.isEmpty() ? problem : problem + " (" + evidence + ")";
    }

    /** The address of the handbook's section about findings of this kind. */
    public String page() {
        return PAGE + code.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return code + ": " + description() + " " + remedy();
    }
}
