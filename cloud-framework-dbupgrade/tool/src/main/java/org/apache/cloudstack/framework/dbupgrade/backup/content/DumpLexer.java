package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the tokens of a dump as the server does, and refuses text that a server and its client, or two servers, could cut in
 * different places.
 */
final class DumpLexer {

    private static final String SANDBOX = "/*M!999999\\- enable the sandbox mode */";
    private static final int LONGEST = 4096;
    /** Servers of both products read a comment directive up to this version. */
    private static final int READ_BY_ALL = 50699;

    private static final DumpToken NUMBER = DumpToken.word("0", false);
    private static final DumpToken[] SIGNS = new DumpToken[128];

    static {
        for (int i = 0; i < SIGNS.length; i++) {
            SIGNS[i] = new DumpToken(DumpToken.Kind.SIGN, String.valueOf((char) i), false);
        }
    }

    private static final DumpToken END = new DumpToken(DumpToken.Kind.END, "", false);
    private static final DumpToken ROW_STRING = new DumpToken(DumpToken.Kind.STRING, "", false);

    private final ByteReader in;
    private final DumpSession session;
    private final byte[] text = new byte[LONGEST];
    private int length;
    private boolean inDirective;
    private boolean byVersion;
    private int line;
    private boolean startsLine;

    DumpLexer(InputStream in, DumpSession session) {
        this.in = new ByteReader(in);
        this.session = session;
    }

    /** Where the last token started. */
    int line() {
        return line;
    }

    /**
     * The next one; empty at the end of the text.
     *
     * @param inRows whether the content of strings and numbers is of no interest
     */
    Optional<DumpToken> next(boolean inRows) throws IOException, RefusedContentException {
        skipBlanksAndComments();
        line = in.line();
        startsLine = in.isAtLineStart();
        int c = in.peek(0);
        if (c == ByteReader.END) {
            if (inDirective) {
                throw refused("a comment directive that does not end");
            }
            return Optional.empty();
        }
        if (isDelimiter()) {
            return Optional.of(end());
        }
        return Optional.of(token(c, inRows));
    }

    /** Reads what is left of a {@code DELIMITER} line. */
    String delimiter() throws IOException, RefusedContentException {
        StringBuilder rest = new StringBuilder();
        while (in.peek(0) != '\n' && in.peek(0) != ByteReader.END && rest.length() < 5) {
            rest.append((char) in.read());
        }
        String by = rest.toString();
        if (in.peek(0) != '\n' || !by.equals(" ;") && !by.equals(" ;;")) {
            throw refused("the line DELIMITER in another form than dumps have");
        }
        return by.strip();
    }

    /** Whether the last token is the first of its line, and in no comment directive. */
    boolean isLineOfItsOwn() {
        return startsLine && !inDirective;
    }

    private DumpToken token(int c, boolean inRows) throws IOException, RefusedContentException {
        if (c == '\'' || c == '"' || c == '`') {
            return quoted(in.read(), inRows);
        }
        if (isWord(c)) {
            return word(inRows);
        }
        if (c == '\\' || c < ' ' || c == 0x7f) {
            throw refused("the character with the number " + c + " outside of quotes");
        }
        in.read();
        return byVersion ? new DumpToken(DumpToken.Kind.SIGN, String.valueOf((char) c), true) : SIGNS[c];
    }

    private boolean isDelimiter() throws IOException {
        return in.peek(0) == ';' && (session.delimiter().equals(";") || in.peek(1) == ';');
    }

    private DumpToken end() throws IOException, RefusedContentException {
        if (inDirective) {
            throw refused("a delimiter inside of a comment directive");
        }
        in.skip(session.delimiter());
        return END;
    }

    private void skipBlanksAndComments() throws IOException, RefusedContentException {
        while (true) {
            int c = in.peek(0);
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                in.read();
            } else if (c == '#' || c == '-' && in.peek(1) == '-' && isBlank(in.peek(2))) {
                lineComment();
            } else if (c == '/' && in.peek(1) == '*') {
                comment();
            } else if (c == '*' && in.peek(1) == '/') {
                in.skip("*/");
                if (!inDirective) {
                    throw refused("the end of a comment that has no beginning");
                }
                inDirective = false;
                byVersion = false;
            } else {
                return;
            }
        }
    }

    private boolean isBlank(int c) throws RefusedContentException {
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == ByteReader.END) {
            return true;
        }
        if (c < ' ' || c == 0x7f) {
            throw refused("two dashes before the character with the number " + c);
        }
        return false;
    }

    private void lineComment() throws IOException, RefusedContentException {
        if (byVersion) {
            throw refused("a comment inside of a comment directive that only some servers read");
        }
        while (in.peek(0) != '\n' && in.peek(0) != ByteReader.END) {
            character(in.read());
        }
    }

    private void comment() throws IOException, RefusedContentException {
        line = in.line();
        if (in.skip(SANDBOX)) {
            return;
        }
        in.skip("/*");
        boolean ofMariaDb = in.peek(0) == 'M' && in.peek(1) == '!';
        if (in.peek(0) == '!' || ofMariaDb) {
            in.skip(ofMariaDb ? "M!" : "!");
            directive(ofMariaDb);
            return;
        }
        if (byVersion) {
            throw refused("a comment inside of a comment directive that only some servers read");
        }
        boolean isHint = in.peek(0) == '+';
        while (!in.skip("*/")) {
            if (inDirective && isDelimiter()) {
                throw refused("a delimiter inside of a comment directive");
            }
            int c = in.read();
            character(c);
            if (isHint && (c == '\'' || c == '"' || c == '`' || c == '\\' || c == ';')) {
                throw refused("a quote, a backslash or a semicolon in a hint");
            }
        }
    }

    private void directive(boolean ofMariaDb) throws IOException, RefusedContentException {
        if (inDirective) {
            throw refused("a comment directive inside of another");
        }
        int digits = 0;
        int version = 0;
        while (in.peek(0) >= '0' && in.peek(0) <= '9' && digits < 7) {
            version = version * 10 + in.read() - '0';
            digits++;
        }
        if (digits != 0 && digits != 5 && !(digits == 6 && in.peek(0) == ' ')) {
            throw refused("a comment directive whose version has " + digits + " digits");
        }
        inDirective = true;
        byVersion = ofMariaDb || digits == 6 || version > READ_BY_ALL;
    }

    private void character(int c) throws RefusedContentException {
        if (c == ByteReader.END) {
            throw refused("a comment or a quote that does not end");
        }
        if (c >= 0x80 && !session.isPlain()) {
            throw refused("a character outside of ASCII in a character set that servers and clients read in different"
                    + " ways");
        }
    }

    private DumpToken quoted(int quote, boolean inRows) throws IOException, RefusedContentException {
        boolean isName = quote == '`' || quote == '"' && session.quotes().ansiQuotes();
        boolean escapes = !isName && !session.quotes().noBackslashEscapes();
        length = 0;
        boolean mayEnd = true;
        while (true) {
            int c = in.read();
            character(c);
            if (c == quote) {
                if (in.peek(0) != quote) {
                    break;
                }
                in.read();
            } else if (c == '\\' && escapes) {
                c = in.read();
                character(c);
            } else if (c == '\\' && quote == '"' && isName) {
                throw refused("a backslash in a name in double quotes");
            }
            mayEnd = mayEnd && !(byVersion && (c == '*' && in.peek(0) == '/' || c == '/' && in.peek(0) == '*'));
            append(c);
        }
        if (!mayEnd) {
            throw refused("the characters of a comment in a quote that only some servers read");
        }
        DumpToken.Kind kind = isName ? DumpToken.Kind.NAME : DumpToken.Kind.STRING;
        return inRows && !isName && !byVersion ? ROW_STRING : new DumpToken(kind, taken(), byVersion);
    }

    private DumpToken word(boolean inRows) throws IOException, RefusedContentException {
        length = 0;
        boolean isNumber = in.peek(0) >= '0' && in.peek(0) <= '9';
        while (isWord(in.peek(0))) {
            int c = in.read();
            character(c);
            append(c);
        }
        if (text[0] == '$' && taken().indexOf('$', 1) > 0) {
            throw refused("a string between dollar characters, which not every client reads");
        }
        return inRows && isNumber && !byVersion ? NUMBER : DumpToken.word(taken(), byVersion);
    }

    private static boolean isWord(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '$'
                || c >= 0x80;
    }

    private void append(int c) {
        if (length < LONGEST) {
            text[length++] = (byte) c;
        }
    }

    private String taken() {
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private static RefusedContentException refused(String what) {
        return new RefusedContentException(what);
    }
}
