package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.QuoteRules;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ScriptText;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/** A script that is read from its file as often as it is asked for. To find where its statements are takes one whole reading. */
final class LargeScript implements ScriptText {

    /** So many bytes are held. */
    static final int LIMIT = 1 << 20;

    private final Location.Entry entry;
    private final boolean crLf;
    private final Map<QuoteRules, List<SqlStatement>> statements = new ConcurrentHashMap<>();

    /**
     * The script in a file.
     *
     * @param crLf whether its only line ends are {@code CR LF}
     */
    LargeScript(Location.Entry entry, boolean crLf) {
        this.entry = entry;
        this.crLf = crLf;
    }

    @Override
    public Reader open() {
        try {
            return new PlainText(decoded(entry), crLf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isLarge() {
        return true;
    }

    @Override
    public List<SqlStatement> statements(QuoteRules rules, Function<QuoteRules, List<SqlStatement>> split) {
        return statements.computeIfAbsent(rules, split);
    }

    /** The characters of a file, which must be UTF-8. */
    static Reader decoded(Location.Entry entry) throws IOException {
        return new InputStreamReader(entry.content().getInputStream(), StandardCharsets.UTF_8.newDecoder());
    }

    /** Leaves the byte order mark out and, where all of them stand before line feeds, the carriage returns. */
    private static final class PlainText extends Reader {

        private final Reader in;
        private final boolean crLf;
        private boolean begun;

        PlainText(Reader in, boolean crLf) {
            this.in = in;
            this.crLf = crLf;
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            int kept = 0;
            int count = 0;
            while (kept == 0 && count >= 0) {
                count = in.read(target, offset, length);
                for (int i = offset; i < offset + count; i++) {
                    boolean isMark = !begun && target[i] == '\uFEFF';
                    begun = true;
                    if (!isMark && !(crLf && target[i] == '\r')) {
                        target[offset + kept++] = target[i];
                    }
                }
            }
            return kept == 0 ? -1 : kept;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
