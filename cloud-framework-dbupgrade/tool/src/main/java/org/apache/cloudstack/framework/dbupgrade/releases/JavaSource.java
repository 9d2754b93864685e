package org.apache.cloudstack.framework.dbupgrade.releases;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;

/**
 * A Java migration that is not compiled. Its change id is known only when it states a revision as a literal: otherwise the
 * bytes of the class make it.
 *
 * @param text the whole source
 */
record JavaSource(String text) {

    private static final String STRING = "\"\"\"[\\s\\S]*?\"\"\"|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"";
    private static final Pattern STRING_OR_COMMENT =
            Pattern.compile("(" + STRING + "|'(?:\\\\.|[^'\\\\])[^']*+')|//[^\\n]*|/\\*[\\s\\S]*?\\*/");
    private static final Pattern OPTIONS =
            Pattern.compile("@(?:[\\w.]+\\.)?MigrationOptions\\s*\\(((?:" + STRING + "|[^\")])*+)\\)");
    private static final String LITERAL = "\\s*=\\s*\"([^\"\\\\]+)\"\\s*(?:,|$)";
    private static final Pattern REVISION = Pattern.compile("\\brevision" + LITERAL);
    private static final Pattern SAME_AS = Pattern.compile("\\bsameAs" + LITERAL);
    private static final Pattern CUT_FROM = Pattern.compile("\\bcutFrom" + LITERAL);
    private static final String IDENTIFIER_SIGN = "[\\p{L}\\p{N}_$]";

    /** The revision that stands for its content. */
    Optional<String> revision() {
        return option(REVISION);
    }

    /** The place of the class that it says it equals. */
    Optional<String> sameAs() {
        return option(SAME_AS);
    }

    /** The id that the scanner will give to the compiled class, where the source shows it and no other class gives it. */
    Optional<ChangeId> changeId(MigrationName name) {
        String identity = option(CUT_FROM).orElse(name.identity());
        return sameAs().isPresent()
                ? Optional.empty()
                : revision().map(revision -> ChangeId.ofRevision(identity, revision));
    }

    /** The source that says beside its revision what it was before it was cut, so that its change id stays. */
    JavaSource cutFrom(MigrationName uncut) {
        Matcher options = OPTIONS.matcher(withoutComments());
        if (option(CUT_FROM).isPresent() || !options.find()) {
            return this;
        }
        Matcher revision = REVISION.matcher(options.group(1).stripTrailing());
        if (!revision.find()) {
            return this;
        }
        int end = options.start(1) + revision.end(1) + 1;
        return new JavaSource(
                text.substring(0, end) + ", cutFrom = \"" + uncut.identity() + "\"" + text.substring(end));
    }

    private Optional<String> option(Pattern pattern) {
        Matcher options = OPTIONS.matcher(withoutComments());
        if (!options.find()) {
            return Optional.empty();
        }
        Matcher value = pattern.matcher(options.group(1).strip());
        return value.find() ? Optional.of(value.group(1)) : Optional.empty();
    }

    /** The source with one identifier for another, wherever it stands as a whole word. */
    JavaSource renamed(String identifier, String replacement) {
        Pattern word = Pattern.compile(
                "(?<!" + IDENTIFIER_SIGN + ")" + Pattern.quote(identifier) + "(?!" + IDENTIFIER_SIGN + ")");
        return new JavaSource(word.matcher(text).replaceAll(Matcher.quoteReplacement(replacement)));
    }

    /** The text with blanks for comments, so that places in it are places in the text. */
    private String withoutComments() {
        return STRING_OR_COMMENT
                .matcher(text)
                .replaceAll(found -> found.group(1) == null
                        ? " ".repeat(found.group().length())
                        : Matcher.quoteReplacement(found.group(1)));
    }
}
