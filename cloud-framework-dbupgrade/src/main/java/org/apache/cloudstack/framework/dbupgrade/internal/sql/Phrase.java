package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A pattern, in any case, for statements that hardly ever match it: where none of its words is, it is not looked for. */
public final class Phrase {

    private final Pattern pattern;
    private final List<String> words;

    private Phrase(Pattern pattern, List<String> words) {
        this.pattern = pattern;
        this.words = words;
    }

    /** A pattern of which every match holds one of the words. */
    public static Phrase of(String expression, String... words) {
        return new Phrase(Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), List.of(words));
    }

    /** Whether a text has it. */
    public boolean isIn(String text) {
        return mayBeIn(text) && pattern.matcher(text).find();
    }

    /** Where a text has it. */
    public Stream<MatchResult> in(String text) {
        return mayBeIn(text) ? pattern.matcher(text).results() : Stream.empty();
    }

    private boolean mayBeIn(String text) {
        for (String word : words) {
            if (isWordIn(text, word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text has a word, in any case, also as a part of another one. */
    static boolean isWordIn(String text, String word) {
        char lower = Character.toLowerCase(word.charAt(0));
        char upper = Character.toUpperCase(word.charAt(0));
        for (int i = 0; i <= text.length() - word.length(); i++) {
            char c = text.charAt(i);
            if ((c == lower || c == upper) && text.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
