package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;

/** Hashes a text that comes in pieces, without the blanks around the whole. */
final class ContentHash {

    private final MessageDigest digest;
    private final StringBuilder blanks = new StringBuilder();
    private boolean begun;

    ContentHash() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    void add(String piece) {
        String rest = begun ? piece : piece.stripLeading();
        String text = rest.stripTrailing();
        if (!text.isEmpty()) {
            begun = true;
            digest.update(blanks.append(text).toString().getBytes(StandardCharsets.UTF_8));
            blanks.setLength(0);
        }
        if (begun) {
            blanks.append(rest, text.length(), rest.length());
        }
    }

    ChangeId id() {
        return new ChangeId(HexFormat.of().formatHex(digest.digest()));
    }
}
