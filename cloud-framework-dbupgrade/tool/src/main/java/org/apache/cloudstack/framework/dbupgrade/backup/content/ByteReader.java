package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.io.IOException;
import java.io.InputStream;

/** Octets with a look ahead, and the number of the line. */
final class ByteReader {

    static final int END = -1;

    private static final int SIZE = 1 << 16;
    private static final int AHEAD = 64;

    private final InputStream in;
    private final byte[] buffer = new byte[SIZE];
    private int at;
    private int end;
    private boolean ended;
    private int line = 1;
    private boolean lineStart = true;

    ByteReader(InputStream in) {
        this.in = in;
    }

    /** The next one but so many; {@link #END} after the last. */
    int peek(int ahead) throws IOException {
        if (at + ahead >= end) {
            fill();
        }
        return at + ahead < end ? buffer[at + ahead] & 0xff : END;
    }

    int read() throws IOException {
        int next = peek(0);
        if (next != END) {
            at++;
            lineStart = next == '\n';
            line += lineStart ? 1 : 0;
        }
        return next;
    }

    boolean skip(String ascii) throws IOException {
        for (int i = 0; i < ascii.length(); i++) {
            if (peek(i) != ascii.charAt(i)) {
                return false;
            }
        }
        for (int i = 0; i < ascii.length(); i++) {
            read();
        }
        return true;
    }

    int line() {
        return line;
    }

    boolean isAtLineStart() {
        return lineStart;
    }

    private void fill() throws IOException {
        if (at > SIZE - AHEAD) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        }
        while (!ended && end - at < AHEAD) {
            if (end == SIZE) {
                System.arraycopy(buffer, at, buffer, 0, end - at);
                end -= at;
                at = 0;
            }
            int read = in.read(buffer, end, SIZE - end);
            ended = read < 0;
            end += Math.max(0, read);
        }
    }
}
