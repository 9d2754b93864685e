package org.apache.cloudstack.framework.dbupgrade.migration;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.cloudstack.framework.dbupgrade.sql.ScriptText;

/**
 * A script that is read from its file as often as it is asked for.
 *
 * @param entry the file
 * @param crLf whether its only line ends are {@code CR LF}
 */
record LargeScript(Location.Entry entry, boolean crLf) implements ScriptText {

    /** So many bytes are held. */
    static final int LIMIT = 1 << 20;

    @Override
    public Reader open() {
        try {
            Reader plain = withoutMark(entry);
            return crLf ? new WithoutCarriageReturns(plain) : plain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isLarge() {
        return true;
    }

    /** The characters of a file, which must be UTF-8. */
    static Reader withoutMark(Location.Entry entry) throws IOException {
        InputStreamReader reader =
                new InputStreamReader(entry.content().getInputStream(), StandardCharsets.UTF_8.newDecoder());
        return new MarkSkipping(reader);
    }

    /** Leaves the byte order mark out. */
    private static final class MarkSkipping extends FilterReader {

        private boolean begun;

        MarkSkipping(Reader in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            if (!begun && count > 0) {
                begun = true;
                if (target[offset] == '\uFEFF') {
                    System.arraycopy(target, offset + 1, target, offset, count - 1);
                    return count > 1 ? count - 1 : read(target, offset, length);
                }
            }
            return count;
        }

        @Override
        public long skip(long characters) throws IOException {
            char[] skipped = new char[LIMIT >> 6];
            long rest = characters;
            while (rest > 0) {
                int count = read(skipped, 0, (int) Math.min(rest, skipped.length));
                if (count < 0) {
                    break;
                }
                rest -= count;
            }
            return characters - rest;
        }
    }

    /** Leaves them out; all stand before line feeds. */
    private static final class WithoutCarriageReturns extends FilterReader {

        WithoutCarriageReturns(Reader in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int c = in.read();
            return c == '\r' ? in.read() : c;
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            int kept = 0;
            while (kept == 0) {
                int count = in.read(target, offset, length);
                if (count < 0) {
                    return -1;
                }
                for (int i = offset; i < offset + count; i++) {
                    if (target[i] != '\r') {
                        target[offset + kept++] = target[i];
                    }
                }
            }
            return kept;
        }

        @Override
        public long skip(long characters) throws IOException {
            char[] skipped = new char[LIMIT >> 6];
            long rest = characters;
            while (rest > 0) {
                int count = read(skipped, 0, (int) Math.min(rest, skipped.length));
                if (count < 0) {
                    break;
                }
                rest -= count;
            }
            return characters - rest;
        }
    }
}
