package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.io.Reader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one statement after the other, as the servers' own client does: line by line, with {@code DELIMITER} lines where no
 * statement has started, and comments that do not nest. Comments stay in the statement that they stand before.
 */
final class ScriptReader {

    private enum Inside {
        NOTHING,
        COMMENT,
        DIRECTIVE,
        HINT
    }

    private static final char NO_QUOTE = 0;
    private static final int FIRST_WORD = "delimiter ".length();

    private final String name;
    private final LineReader lines;
    private final StringBuilder text = new StringBuilder();
    private SessionMode mode;
    private @Nullable SqlStatement found;
    private @Nullable String current;
    private int at;
    private long lineBegin;
    private String delimiter = ";";
    private int number;
    private int line;
    private int codeLine;
    private int codeAt;
    private int openLine;
    private char quote = NO_QUOTE;
    private Inside inside = Inside.NOTHING;
    private Inside around = Inside.NOTHING;
    private boolean isProgram;
    private boolean programKnown;
    private boolean ended;

    ScriptReader(String name, QuoteRules rules, Reader script) {
        this.name = name;
        this.lines = new LineReader(script);
        this.mode = new SessionMode(rules);
    }

    /**
     * Where a statement ended, and what holds from there on.
     *
     * @param position the characters before its line
     * @param at the place in the line; -1 when the line is done
     */
    record Place(long position, int at, int line, int number, String delimiter, SessionMode mode) {}

    /** Where it is, between two statements. */
    Place place() {
        boolean isInLine = current != null;
        return new Place(
                isInLine ? lineBegin : lines.position(), isInLine ? at : -1, line, number, delimiter, mode.copy());
    }

    /** Goes on at a place of the same script, of which nothing was read yet. */
    void goTo(Place place) {
        lines.skipTo(place.position());
        lineBegin = place.position();
        line = place.line();
        number = place.number();
        delimiter = place.delimiter();
        mode = place.mode().copy();
        if (place.at() >= 0) {
            current = lines.next();
            at = place.at();
        }
    }

    /** The next statement; null when there is none. */
    @Nullable
    SqlStatement next() {
        while (found == null && !ended) {
            String of = current;
            if (of == null) {
                begin(lines);
            } else if (at < of.length()) {
                at = step(of, at);
            } else {
                text.append('\n');
                current = null;
            }
        }
        SqlStatement next = found;
        found = null;
        return next;
    }

    private void begin(LineReader script) {
        lineBegin = script.position();
        String next = script.next();
        at = 0;
        if (next == null) {
            end();
            return;
        }
        line++;
        boolean mayBeCommand = codeLine == 0 && quote == NO_QUOTE && inside == Inside.NOTHING;
        current = mayBeCommand && isCommand(next) ? null : next;
    }

    void close() {
        lines.close();
    }

    private boolean isCommand(String next) {
        Optional<String> changed = ClientCommand.delimiter(next);
        if (changed.isPresent()) {
            if (changed.get().isEmpty() || changed.get().contains("\\")) {
                throw unreadable("DELIMITER is followed by no delimiter, or by one with a backslash", line);
            }
            delimiter = changed.get();
            return true;
        }
        Optional<String> database = ClientCommand.use(next, delimiter);
        if (database.isPresent()) {
            begin();
            text.append(database.get());
            take();
            return true;
        }
        Optional<String> command = ClientCommand.in(next, delimiter);
        if (command.isPresent()) {
            throw unreadable(
                    command.get() + " is a command of the client and no statement; no server would get it", line);
        }
        return false;
    }

    /** Takes what starts at a place of the line; gives the place after it. */
    private int step(String next, int at) {
        char c = next.charAt(at);
        if (inside == Inside.COMMENT) {
            return next.startsWith("*/", at) ? closeComment(at) : copy(next, at, 1);
        }
        if (c == '\\' && (quote == NO_QUOTE || mode.rules().escapesIn(quote))) {
            return backslash(next, at);
        }
        if (quote != NO_QUOTE) {
            quote = c == quote ? NO_QUOTE : quote;
            return copy(next, at, 1);
        }
        if (inside != Inside.HINT && next.startsWith(delimiter, at) && !continuesBehind()) {
            take();
            return at + delimiter.length();
        }
        return isLineComment(next, at) ? lineComment(next, at) : code(next, at, c);
    }

    private int closeComment(int at) {
        text.append("*/");
        inside = around;
        return at + 2;
    }

    private int backslash(String next, int at) {
        boolean escapes = quote != NO_QUOTE || next.startsWith("N", at + 1);
        if (!escapes) {
            String command = next.substring(at, Math.min(at + 2, next.length()));
            throw unreadable(
                    command + " is a command of the client and no statement; end statements with " + delimiter, line);
        }
        begin();
        return copy(next, at, Math.min(2, next.length() - at));
    }

    private boolean isLineComment(String next, int at) {
        return next.charAt(at) == '#' || Lexer.isDashComment(next, at) || codeLine == 0 && next.startsWith("--", at);
    }

    /** The servers ask for a blank after two dashes; the client does not where a statement has not started. */
    private int lineComment(String next, int at) {
        boolean lacksBlank = next.charAt(at) == '-' && !Lexer.isDashComment(next, at);
        text.append(lacksBlank ? "-- " + next.substring(at + 2) : next.substring(at));
        return next.length();
    }

    private int code(String next, int at, char c) {
        if (next.startsWith("/*", at)) {
            return openComment(next, at);
        }
        if (next.startsWith("*/", at) && inside != Inside.NOTHING) {
            inside = Inside.NOTHING;
            return copy(next, at, 2);
        }
        if (c > ' ') {
            begin();
        }
        if (inside != Inside.HINT && (c == '\'' || c == '"' || c == '`')) {
            quote = c;
            openLine = line;
        }
        return copy(next, at, 1);
    }

    private int openComment(String next, int at) {
        boolean isDirective = next.startsWith("/*!", at) || next.startsWith("/*M!", at);
        boolean isHint = next.startsWith("/*+", at);
        around = inside;
        inside = isDirective ? Inside.DIRECTIVE : isHint ? Inside.HINT : Inside.COMMENT;
        openLine = line;
        if (isDirective || isHint) {
            begin();
        }
        return copy(next, at, isDirective || isHint ? 3 : 2);
    }

    private void begin() {
        if (codeLine == 0) {
            codeLine = line;
            codeAt = text.length();
        }
    }

    private int copy(String next, int at, int length) {
        text.append(next, at, at + length);
        return at + length;
    }

    /** Whether the delimiter stands inside a stored program that no {@code DELIMITER} line surrounds. */
    private boolean continuesBehind() {
        if (!delimiter.equals(";") || codeLine == 0) {
            return false;
        }
        if (!programKnown) {
            programKnown = true;
            isProgram = ProgramBlocks.mayHave(text, mode.rules());
        }
        return isProgram && !ProgramBlocks.areClosed(text, mode.rules());
    }

    private void take() {
        if (inside != Inside.NOTHING) {
            throw unreadable("the comment is not closed before the delimiter", openLine);
        }
        if (codeLine > 0) {
            String firstWord = text.substring(codeAt, Math.min(codeAt + FIRST_WORD, text.length()));
            if (ClientCommand.delimiter(firstWord).isPresent()) {
                throw unreadable("DELIMITER is not the first word of its line", codeLine);
            }
            String statement = trimmed();
            found = new SqlStatement(++number, codeLine, statement, mode.rules());
            mode.follow(statement);
        }
        text.setLength(0);
        codeLine = 0;
        programKnown = false;
    }

    private String trimmed() {
        int begin = 0;
        int end = text.length();
        while (begin < end && text.charAt(begin) <= ' ') {
            begin++;
        }
        while (end > begin && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(begin, end);
    }

    private void end() {
        ended = true;
        if (quote != NO_QUOTE) {
            throw unreadable("the quote " + quote + " is never closed", openLine);
        }
        if (inside != Inside.NOTHING) {
            throw unreadable("the comment is never closed", openLine);
        }
        if (continuesBehind()) {
            throw unreadable("Incomplete statement", codeLine);
        }
        take();
    }

    private UnreadableScriptException unreadable(String what, int where) {
        return new UnreadableScriptException(name, what + " at line " + where);
    }
}
