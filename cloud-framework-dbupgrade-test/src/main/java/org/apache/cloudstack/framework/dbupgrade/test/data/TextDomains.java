package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** The values of columns of strings and octets. */
final class TextDomains {

    /** Of columns that could hold more; one octet more than a {@code TEXT} or {@code BLOB} takes. */
    static final int LONGEST = 65_536;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Set<String> ALL_OF_UNICODE = Set.of("utf8mb4", "utf16", "utf16le", "utf32");
    private static final Set<String> BASIC_PLANE = Set.of("utf8mb3", "utf8", "ucs2");
    private static final int CODE = 8;
    private static final int USUAL = 20;
    private static final int ONE_IN = 20;
    private static final long UUIDS = 1L << 60;

    private TextDomains() {}

    /**
     * Strings.
     *
     * @param prefix how many characters have to differ where they are numbered
     */
    static Domain text(Column column, long prefix) {
        if (column.isUuidText() && (prefix == 0 || prefix >= 36)) {
            return uuid();
        }
        List<String> odd = oddLetters(column.charset());
        int most = mostCharacters(column);
        if (most == 0) {
            return Domain.of(List.of(""));
        }
        int code = (int) Math.min(CODE, prefix == 0 ? most : Math.min(prefix, most));
        int room = Math.min(most - code, USUAL);
        long size = (long) Math.pow(LETTERS.length(), code);
        return Domain.of(
                size,
                (number, random) -> code(number, code) + (room == 0 ? "" : word(random, random.nextInt(room + 1))),
                random -> usual(random, most, odd),
                edges(most, odd));
    }

    private static int mostCharacters(Column column) {
        boolean inOctets = column.type().endsWith("text");
        int width = ALL_OF_UNICODE.contains(column.charset()) ? 4 : BASIC_PLANE.contains(column.charset()) ? 3 : 1;
        long most = inOctets ? column.length() / width : column.length();
        return (int) Math.min(most, inOctets ? LONGEST / width : LONGEST);
    }

    private static List<String> oddLetters(String charset) {
        if (ALL_OF_UNICODE.contains(charset)) {
            return List.of("ß", "é", "漢", "😀");
        }
        if (BASIC_PLANE.contains(charset)) {
            return List.of("ß", "é", "漢");
        }
        return charset.equals("latin1") ? List.of("ß", "é") : List.of("x");
    }

    private static List<Object> edges(int most, List<String> odd) {
        List<Object> edges = new ArrayList<>(List.of("", odd.get(odd.size() - 1).repeat(most)));
        for (String text : List.of("0", "NULL", " spaces ", "it's \"quoted\" \\ %_")) {
            if (text.length() <= most) {
                edges.add(text);
            }
        }
        return edges;
    }

    private static String usual(SplittableRandom random, int most, List<String> odd) {
        int length = 1 + random.nextInt(Math.min(most, USUAL));
        if (random.nextInt(ONE_IN) > 0) {
            return word(random, length);
        }
        return word(random, length - 1) + odd.get(random.nextInt(odd.size()));
    }

    static String word(SplittableRandom random, int length) {
        char[] letters = new char[length];
        long bits = 0;
        for (int i = 0; i < length; i++) {
            // five letters from one random number
            bits = i % 5 == 0 ? random.nextLong() >>> 1 : bits / LETTERS.length();
            letters[i] = LETTERS.charAt((int) (bits % LETTERS.length()));
        }
        return new String(letters);
    }

    private static String code(long number, int length) {
        char[] letters = new char[length];
        long rest = number;
        for (int i = length - 1; i >= 0; i--) {
            letters[i] = LETTERS.charAt((int) (rest % LETTERS.length()));
            rest /= LETTERS.length();
        }
        return new String(letters);
    }

    /** Random ones, which differ by their number in the first half. */
    static Domain uuid() {
        return Domain.of(
                UUIDS,
                (number, random) -> {
                    // an odd factor takes each number to another one
                    long mixed = (number * 0x9E3779B97F4A7C15L) & (UUIDS - 1);
                    return new UUID((mixed >>> 12 << 16) | 0x4000L | (mixed & 0xfff), variant(random)).toString();
                },
                random -> new UUID((random.nextLong() & ~0xf000L) | 0x4000L, variant(random)).toString(),
                List.of());
    }

    private static long variant(SplittableRandom random) {
        return (random.nextLong() >>> 2) | Long.MIN_VALUE;
    }

    /** Octets, of which the first ones differ where they are numbered. */
    static Domain octets(Column column, long prefix) {
        int most = (int) Math.min(column.length(), LONGEST);
        boolean fixed = column.type().equals("binary");
        int code = (int) Math.min(7, prefix == 0 ? most : Math.min(prefix, most));
        byte[] longest = new byte[most];
        Arrays.fill(longest, (byte) 0xff);
        return Domain.of(
                1L << (8 * code),
                (number, random) -> {
                    byte[] octets = new byte[fixed ? most : code];
                    for (int i = 0; i < code; i++) {
                        octets[i] = (byte) (number >>> (8 * (code - 1 - i)));
                    }
                    return octets;
                },
                random -> {
                    byte[] octets = new byte[fixed ? most : random.nextInt(Math.min(most, USUAL) + 1)];
                    for (int i = 0; i < octets.length; i++) {
                        octets[i] = (byte) random.nextInt(256);
                    }
                    return octets;
                },
                List.of(new byte[0], longest));
    }
}
