package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;

/** Reads the head lines {@code -- dbupgrade: key=value} of one script, and the content that makes its change id. */
final class DirectiveReader {

    private static final Pattern DIRECTIVE = Pattern.compile("--\\s*dbupgrade\\s*:(.*)");
    private static final Pattern KEY_AND_VALUE = Pattern.compile("\\s*([a-z_-]+)\\s*=\\s*(.*?)\\s*");
    private static final Pattern HEAD_LINE = Pattern.compile("\\s*|\\s*(--|#).*|\\s*/\\*(?!!).*\\*/\\s*");

    private final String script;
    private final DirectiveRules rules;
    private final List<Finding> findings = new ArrayList<>();
    private final StringBuilder content = new StringBuilder();

    private DirectiveReader(String script, DirectiveRules.Subject subject) {
        this.script = script;
        this.rules = new DirectiveRules(subject);
    }

    /** Reads the whole text of a migration or a repeatable. */
    static DirectiveReader read(String script, boolean repeatable, String text) {
        return read(script, repeatable ? DirectiveRules.Subject.REPEATABLE : DirectiveRules.Subject.SCRIPT, text);
    }

    /** Reads the whole text of a script. */
    static DirectiveReader read(String script, DirectiveRules.Subject subject, String text) {
        DirectiveReader reader = new DirectiveReader(script, subject);
        boolean inHead = true;
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String bare = line.startsWith("\uFEFF") ? line.substring(1) : line;
            Matcher directive = DIRECTIVE.matcher(bare);
            if (directive.matches()) {
                reader.directive(number, directive.group(1), inHead);
            } else {
                inHead &= HEAD_LINE.matcher(bare).matches();
                reader.content.append(line).append('\n');
            }
        }
        return reader;
    }

    Directives directives() {
        return rules.directives();
    }

    List<Finding> findings() {
        return findings;
    }

    /** The id leaves directives out, except the one which changes what the statements do. */
    ChangeId changeId() {
        return ChangeId.ofScript(directives().sqlMode(), content.toString());
    }

    private void directive(int line, String text, boolean inHead) {
        Matcher pair = KEY_AND_VALUE.matcher(text);
        if (!inHead) {
            reject(line, "a head line stands behind the first statement");
        } else if (!pair.matches()) {
            reject(line, "'" + text.strip() + "' is not key=value");
        } else if (!rules.accept(pair.group(1), pair.group(2))) {
            reject(line, "'" + text.strip() + "' is not known here");
        }
    }

    private void reject(int line, String problem) {
        findings.add(FindingCode.MALFORMED_DIRECTIVE.about(script, line, problem, rules.possibilities()));
    }
}
