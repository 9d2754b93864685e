package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Lexer;

/** Blanks comments out and opens comment directives, in one walk over the text. Lines and columns stay as they are. */
final class CommentWalk {

    private static final Pattern DIRECTIVE = Pattern.compile("/\\*M?!\\d*");

    private final String text;
    private final StringBuilder open;
    private int at;
    private boolean inDirective;

    private CommentWalk(String text) {
        this.text = text;
        this.open = new StringBuilder(text);
    }

    /** The text as the servers read it. */
    static String open(String text) {
        return new CommentWalk(text).open();
    }

    private String open() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"' || c == '`') {
                skipQuoted(c);
            } else if (c == '#' || startsDashComment()) {
                blankTo(endOfLine());
            } else if (text.startsWith("/*", at)) {
                openComment();
            } else if (inDirective && text.startsWith("*/", at)) {
                inDirective = false;
                blankTo(at + 2);
            } else if (text.startsWith("//", at)) {
                throw new Undecided("it holds //, which is no comment to the servers");
            } else {
                at++;
            }
        }
        return open.toString();
    }

    private void skipQuoted(char quote) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
        }
        at++;
    }

    private boolean startsDashComment() {
        // where no statement has started, the client asks for no blank after them
        return Lexer.isDashComment(text, at)
                || text.startsWith("--", at) && open.substring(0, at).isBlank();
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void openComment() {
        Matcher directive = DIRECTIVE.matcher(text).region(at, text.length());
        if (directive.lookingAt()) {
            inDirective = true;
            blankTo(directive.end());
        } else {
            int end = text.indexOf("*/", at + 2);
            blankTo(end < 0 ? text.length() : end + 2);
        }
    }

    private void blankTo(int end) {
        for (; at < end; at++) {
            if (text.charAt(at) != '\n') {
                open.setCharAt(at, ' ');
            }
        }
    }
}
