package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.LineEnds;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.LineReader;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ScriptText;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Directives;
import org.springframework.util.function.SingletonSupplier;

/** Reads the directives {@code -- dbupgrade: key=value} of one script, and the content that makes its change id. */
public final class DirectiveReader {

    private static final Pattern DIRECTIVE = Pattern.compile("--\\s*dbupgrade\\s*:(.*)");
    private static final Pattern KEY_AND_VALUE = Pattern.compile("\\s*([a-z_-]+)\\s*=\\s*(.*?)\\s*");
    private static final Pattern HEAD_LINE = Pattern.compile("\\s*|\\s*(--|#).*|\\s*/\\*(?!!).*\\*/\\s*");

    private final String script;
    private final DirectiveRules rules;
    private final List<Finding> findings = new ArrayList<>();
    private final StringBuilder head = new StringBuilder();
    private final ContentHash content = new ContentHash();
    private final SingletonSupplier<ChangeId> changeId = SingletonSupplier.of(content::id);
    private boolean inHead = true;

    private DirectiveReader(String script, DirectiveRules.Subject subject) {
        this.script = script;
        this.rules = new DirectiveRules(subject);
    }

    /** Reads the whole text of a migration or a repeatable. */
    public static DirectiveReader read(String script, boolean repeatable, String text) {
        return read(script, repeatable, ScriptText.of(LineEnds.normalized(text)));
    }

    /** Reads the whole text of a migration or a repeatable. */
    public static DirectiveReader read(String script, boolean repeatable, ScriptText text) {
        return read(script, repeatable ? DirectiveRules.Subject.REPEATABLE : DirectiveRules.Subject.SCRIPT, text);
    }

    /** Reads the whole text of a script. */
    public static DirectiveReader read(String script, DirectiveRules.Subject subject, ScriptText text) {
        DirectiveReader reader = new DirectiveReader(script, subject);
        LineReader lines = new LineReader(text.open());
        int number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            number++;
            reader.line(number, number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line);
        }
        reader.endHead();
        return reader;
    }

    private void line(int number, String line) {
        // few lines can be one
        Matcher directive = line.contains("dbupgrade") ? DIRECTIVE.matcher(line) : null;
        if (directive != null && directive.matches()) {
            directive(number, directive.group(1), inHead);
            return;
        }
        if (inHead && HEAD_LINE.matcher(line).matches()) {
            head.append(line).append('\n');
            return;
        }
        endHead();
        content.add(line + "\n");
    }

    /** A mode of its own changes what the statements do, so it counts as content. */
    private void endHead() {
        if (inHead) {
            inHead = false;
            directives().sqlMode().ifPresent(mode -> content.add("sql_mode=" + mode + "\n"));
            content.add(head.toString());
        }
    }

    public Directives directives() {
        return rules.directives();
    }

    List<Finding> findings() {
        return findings;
    }

    /** The id leaves directives out, except the one which changes what the statements do. */
    public ChangeId changeId() {
        return changeId.obtain();
    }

    private void directive(int line, String text, boolean inHead) {
        Matcher pair = KEY_AND_VALUE.matcher(text);
        if (!inHead) {
            reject(line, "a directive comes after the first statement");
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
