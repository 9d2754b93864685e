package org.apache.cloudstack.framework.dbupgrade.migration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.LineEnds;

/**
 * The identity of a change's content: its SHA-256. Two migrations with one change id are the same change in parallel lines; see
 * {@link Changes}.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ChangeId(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int SHORT_LENGTH = 12;

    public ChangeId {
        if (!isId(hex)) {
            throw new IllegalArgumentException("A change id has 64 hexadecimal digits: '" + hex + "'");
        }
    }

    /** Whether a text is the hexadecimal form of one. */
    public static boolean isId(String text) {
        return HEX.matcher(text).matches();
    }

    /** The id of a text. A byte order mark, the kind of line end, and blanks around the whole text make no difference. */
    public static ChangeId ofText(String text) {
        String marked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return ofBytes(LineEnds.normalized(marked).strip().getBytes(StandardCharsets.UTF_8));
    }

    /** The id of a script; a mode of its own changes what its statements do. */
    public static ChangeId ofScript(Directives directives, String content) {
        return ofText(
                directives.sqlMode().map(mode -> "sql_mode=" + mode + "\n").orElse("") + content);
    }

    /**
     * The id of a class that states its revision. The class belongs to it, since any two may state the same one.
     *
     * @param identity see {@link MigrationName#identity}
     */
    public static ChangeId ofRevision(String identity, String revision) {
        return ofText("java class " + identity + "\nrevision " + revision);
    }

    /** The id of a class that states no revision; several beans of one class are several changes. */
    public static ChangeId ofClass(String identity, byte[] bytes) {
        return ofText("java class " + identity + "\nbytes " + ofBytes(bytes));
    }

    static ChangeId ofBytes(byte[] bytes) {
        try {
            return new ChangeId(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The first 32 bits, for Flyway's column {@code checksum}. */
    public int checksum() {
        return Integer.parseUnsignedInt(hex.substring(0, 8), 16);
    }

    /** The first twelve digits, for messages. */
    public String abbreviated() {
        return hex.substring(0, SHORT_LENGTH);
    }

    @Override
    public String toString() {
        return hex;
    }
}
