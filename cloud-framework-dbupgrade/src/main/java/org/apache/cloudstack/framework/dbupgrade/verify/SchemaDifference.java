package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.Comparator;

/**
 * One thing that is not as expected. When a table or database is missing, or was not expected, its contents are not
 * reported one by one.
 *
 * @param kind what it is
 * @param object its full name, such as {@code cloud.vpc.redundant}
 * @param expected how it should be: {@link #NONE} when it should not be there
 * @param found how it is: {@link #MISSING} when it is not there
 */
public record SchemaDifference(SchemaKind kind, String object, String expected, String found)
        implements Comparable<SchemaDifference> {

    /** What is expected of something that should not be there. */
    public static final String NONE = "none";

    /** What is found of something that is not there. */
    public static final String MISSING = "missing";

    private static final int LONGEST_IN_TEXT = 120;
    private static final Comparator<SchemaDifference> BY_OBJECT =
            Comparator.comparing(SchemaDifference::object).thenComparing(SchemaDifference::kind);

    @Override
    public int compareTo(SchemaDifference other) {
        return BY_OBJECT.compare(this, other);
    }

    /** For people: {@code column cloud.vpc.redundant: expected tinyint(1) NOT NULL DEFAULT 0, found missing}. */
    @Override
    public String toString() {
        SchemaDifference brief = brief();
        return kind + " " + object + ": expected " + brief.expected + ", found " + brief.found;
    }

    /** The text of a view fills screens, so only the part where it starts to differ is shown. */
    public SchemaDifference brief() {
        int start = Math.max(0, commonStart() - LONGEST_IN_TEXT / 4);
        return new SchemaDifference(kind, object, excerpt(expected, start), excerpt(found, start));
    }

    private static String excerpt(String text, int start) {
        if (text.length() <= LONGEST_IN_TEXT) {
            return text;
        }
        int end = Math.min(text.length(), start + LONGEST_IN_TEXT);
        String before = start > 0 ? "..." : "";
        String after = end < text.length() ? "..." : "";
        return before + text.substring(Math.min(start, end), end) + after;
    }

    private int commonStart() {
        int length = Math.min(expected.length(), found.length());
        int position = 0;
        while (position < length && expected.charAt(position) == found.charAt(position)) {
            position++;
        }
        return position;
    }
}
