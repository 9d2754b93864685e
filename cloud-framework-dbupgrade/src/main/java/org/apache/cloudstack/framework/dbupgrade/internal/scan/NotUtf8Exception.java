package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** A file is not UTF-8 from one of its lines on. */
final class NotUtf8Exception extends IOException {

    private static final long serialVersionUID = 1L;

    private final int line;

    private NotUtf8Exception(int line, CharacterCodingException cause) {
        super("it is not UTF-8, from line " + line + " on", cause);
        this.line = line;
    }

    /** The text of bytes that are UTF-8. */
    static String decode(byte[] bytes) throws NotUtf8Exception {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer to = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(from, to, true);
        if (result.isError()) {
            int line = 1
                    + (int) to.flip()
                            .chars()
                            .filter(character -> character == '\n')
                            .count();
            try {
                result.throwException();
            } catch (CharacterCodingException e) {
                throw new NotUtf8Exception(line, e);
            }
        }
        return to.flip().toString();
    }

    int line() {
        return line;
    }
}
