package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern REVISION = Pattern.compile("\\brevision\\s*=\\s*\"([^\"\\\\]+)\"\\s*(?:,|$)");
    private static final String IDENTIFIER_SIGN = "[\\p{L}\\p{N}_$]";

    /** The revision that stands for its content. */
    Optional<String> revision() {
        Matcher options = OPTIONS.matcher(withoutComments());
        if (!options.find()) {
            return Optional.empty();
        }
        Matcher revision = REVISION.matcher(options.group(1).strip());
        return revision.find() ? Optional.of(revision.group(1)) : Optional.empty();
    }

    /** The id that the scanner will give to the compiled class, where the source can tell. */
    Optional<ChangeId> changeId() {
        return revision().map(ChangeId::ofRevision);
    }

    /** The source with one identifier for another, wherever it stands as a whole word. */
    JavaSource renamed(String identifier, String replacement) {
        Pattern word = Pattern.compile(
                "(?<!" + IDENTIFIER_SIGN + ")" + Pattern.quote(identifier) + "(?!" + IDENTIFIER_SIGN + ")");
        return new JavaSource(word.matcher(text).replaceAll(Matcher.quoteReplacement(replacement)));
    }

    private String withoutComments() {
        return STRING_OR_COMMENT
                .matcher(text)
                .replaceAll(found -> found.group(1) == null ? " " : Matcher.quoteReplacement(found.group(1)));
    }
}
