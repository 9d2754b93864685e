package org.apache.cloudstack.framework.dbupgrade.internal.text;

/**
 * Text of others (names of nodes, notes, SQL, messages of servers) as it may be shown on a terminal, in a log or in a report:
 * characters that control a terminal, hide or reorder text, or forge a line are written as {@code \\u001b}.
 */
public final class PlainText {

    private PlainText() {}

    /** The text on one line. */
    public static String line(String text) {
        return plain(text, false);
    }

    /** The text with its line breaks. */
    public static String lines(String text) {
        return plain(text.replace("\r\n", "\n"), true);
    }

    private static String plain(String text, boolean mayBreak) {
        if (text.codePoints().allMatch(sign -> isPlain(sign, mayBreak))) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(sign -> {
            if (isPlain(sign, mayBreak)) {
                plain.appendCodePoint(sign);
            } else {
                plain.append(sign == '\n' ? "\\n" : sign == '\t' ? "\\t" : "\\u%04x".formatted(sign));
            }
        });
        return plain.toString();
    }

    private static boolean isPlain(int sign, boolean mayBreak) {
        if (sign == '\n') {
            return mayBreak;
        }
        return switch (Character.getType(sign)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
