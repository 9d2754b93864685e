package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** The text of a script, which may be too large to be held: it is read as often as it is asked for. */
public interface ScriptText {

    /** Reads it from the beginning, with {@code LF} for line ends and without a byte order mark. */
    Reader open();

    /** Whether it is better read piece by piece. */
    boolean isLarge();

    /** Its statements under rules of quotes, as the given splitting finds them; a large script is split once. */
    default List<SqlStatement> statements(QuoteRules rules, Function<QuoteRules, List<SqlStatement>> split) {
        return split.apply(rules);
    }

    /** A text that is held. */
    static ScriptText of(String text) {
        return new Held(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** The whole text. */
    default String whole() {
        StringBuilder whole = new StringBuilder();
        try (Reader reader = new BufferedReader(open())) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                whole.append((char) c);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return whole.toString();
    }

    /** Whether a word is in it, in any case. */
    default boolean mentions(String word) {
        LineReader lines = new LineReader(open());
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (Phrase.isWordIn(line, word)) {
                lines.close();
                return true;
            }
        }
        return false;
    }

    /**
     * One that is held.
     *
     * @param whole the text
     */
    record Held(String whole) implements ScriptText {

        @Override
        public Reader open() {
            return new StringReader(whole);
        }

        @Override
        public boolean isLarge() {
            return false;
        }
    }
}
