package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a migration inside its release. Letters count like the columns of a spreadsheet (A is 1, Z is 26, AA is
 * 27), whatever their case; so A and 1 are the same place.
 *
 * @param ordinal the place, from 1
 * @param text the place as people write it: upper-case letters, or the number without leading zeros
 */
public record Sequence(int ordinal, String text) implements Comparable<Sequence> {

    private static final Pattern LETTERS = Pattern.compile("[A-Za-z]{1,3}");
    private static final Pattern NUMBER = Pattern.compile("0*[1-9]\\d{0,5}");
    private static final int LETTERS_IN_ALPHABET = 26;

    /** Reads up to three letters, or a number from 1; empty when it is neither. */
    public static Optional<Sequence> tryParse(String text) {
        if (LETTERS.matcher(text).matches()) {
            String letters = text.toUpperCase(Locale.ROOT);
            int ordinal = letters.chars().reduce(0, (sum, letter) -> sum * LETTERS_IN_ALPHABET + letter - 'A' + 1);
            return Optional.of(new Sequence(ordinal, letters));
        }
        if (NUMBER.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            return Optional.of(new Sequence(number, Integer.toString(number)));
        }
        return Optional.empty();
    }

    /** The place after this one, written in the same way. */
    public Sequence next() {
        boolean inLetters = LETTERS.matcher(text).matches();
        return new Sequence(ordinal + 1, inLetters ? letters(ordinal + 1) : Integer.toString(ordinal + 1));
    }

    private static String letters(int ordinal) {
        StringBuilder letters = new StringBuilder();
        for (int rest = ordinal; rest > 0; rest = (rest - 1) / LETTERS_IN_ALPHABET) {
            letters.insert(0, (char) ('A' + (rest - 1) % LETTERS_IN_ALPHABET));
        }
        return letters.toString();
    }

    @Override
    public int compareTo(Sequence other) {
        return Integer.compare(ordinal, other.ordinal);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sequence that && that.ordinal == ordinal;
    }

    @Override
    public int hashCode() {
        return ordinal;
    }

    @Override
    public String toString() {
        return text;
    }
}
