package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads lines that end with a line feed and nothing else, and counts characters; at the end it closes what it reads. */
public final class LineReader {

    private static final int SMALLEST = 1 << 9;
    private static final int LARGEST = 1 << 14;

    private final Reader reader;
    private char[] buffer = new char[SMALLEST];
    private int next;
    private int filled;
    private long position;
    private boolean ended;

    /** Reads from where the reader is. */
    public LineReader(Reader reader) {
        this.reader = reader;
    }

    /** Goes on at a character, counted from where the reader was. */
    void skipTo(long character) {
        try {
            reader.skip(character);
            position = character;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many characters were read. */
    long position() {
        return position;
    }

    /** The next line without its line feed; null at the end. */
    public @Nullable String next() {
        StringBuilder line = null;
        while (next < filled || fill()) {
            int end = next;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            int length = end - next;
            boolean isWhole = end < filled;
            int begin = next;
            next = isWhole ? end + 1 : end;
            position += isWhole ? length + 1 : length;
            if (isWhole && line == null) {
                return new String(buffer, begin, length);
            }
            line = (line == null ? new StringBuilder() : line).append(buffer, begin, length);
            if (isWhole) {
                return line.toString();
            }
        }
        return line == null ? null : line.toString();
    }

    private boolean fill() {
        if (ended) {
            return false;
        }
        // most scripts are short, and there may be thousands
        if (filled == buffer.length && filled < LARGEST) {
            buffer = new char[2 * filled];
        }
        try {
            filled = Math.max(0, reader.read(buffer));
            next = 0;
            ended = filled == 0;
            if (ended) {
                reader.close();
            }
            return !ended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes what it reads. */
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
