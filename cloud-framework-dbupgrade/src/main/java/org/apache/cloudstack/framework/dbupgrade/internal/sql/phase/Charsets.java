package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.Locale;
import java.util.Map;

/** What is to be known of character sets. */
final class Charsets {

    private static final Map<String, Integer> WIDTHS = Map.ofEntries(
            Map.entry("utf8mb4", 4),
            Map.entry("utf16", 4),
            Map.entry("utf16le", 4),
            Map.entry("utf32", 4),
            Map.entry("gb18030", 4),
            Map.entry("utf8mb3", 3),
            Map.entry("eucjpms", 3),
            Map.entry("ujis", 3),
            Map.entry("ucs2", 2),
            Map.entry("big5", 2),
            Map.entry("cp932", 2),
            Map.entry("euckr", 2),
            Map.entry("gb2312", 2),
            Map.entry("gbk", 2),
            Map.entry("sjis", 2));

    /** One that a table had by default, where that is not known. */
    static final String UNKNOWN = "unknown";

    private Charsets() {}

    /** How many bytes a character takes at most. */
    static int width(String charset) {
        return WIDTHS.getOrDefault(charset, 1);
    }

    /** Whether it has every character. */
    static boolean hasAll(String charset) {
        return charset.startsWith("utf8mb4") || charset.startsWith("utf16") || charset.equals("utf32");
    }

    /** Whether the larger has all characters of the smaller. */
    static boolean contains(String larger, String smaller) {
        return hasAll(larger)
                || smaller.equals("ascii")
                || smaller.equals("latin1") && larger.equals("utf8mb3")
                || smaller.equals("ucs2") && larger.equals("utf8mb3");
    }

    /** Whether {@code a} and {@code A} differ by a collation, as its name says. */
    static boolean distinguishesCase(String collation) {
        String name = collation.toLowerCase(Locale.ROOT);
        return name.endsWith("_bin") || name.endsWith("_cs") || name.contains("_cs_");
    }

    /** A collation in one of its spellings. */
    static String ordinary(String collation) {
        return collation.replaceFirst("^utf8_", "utf8mb3_");
    }
}
