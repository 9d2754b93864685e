package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A value in a statement.
 *
 * @param text its SQL, a string without its quotes
 * @param kind whether it is the same whenever and wherever the statement runs
 */
public record Value(String text, Kind kind) {

    /** What is known of a value. */
    public enum Kind {
        NUMBER,
        STRING,
        NULL,
        /** Anything that is computed. */
        EXPRESSION
    }

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");
    private static final Pattern DATE = Pattern.compile("\\d{1,4}\\D\\d{1,2}\\D\\d{1,2}(\\D.*)?");
    private static final Pattern PLAIN = Pattern.compile("\\p{Print}*");

    /** Whether it is a number or a string. */
    public boolean literal() {
        return kind == Kind.NUMBER || kind == Kind.STRING;
    }

    /**
     * Whether no server, whatever the type and collation of the column, takes the two for equal. When in doubt they are
     * not known to differ: dates can be written in many ways, 'a' equals 'A', and 0 equals any word.
     */
    public boolean differsFrom(Value other) {
        boolean numbers =
                NUMBER.matcher(text).matches() && NUMBER.matcher(other.text).matches();
        if (!literal() || !other.literal() || mayBeDate() || other.mayBeDate()) {
            return false;
        }
        if (numbers) {
            return new BigDecimal(text).compareTo(new BigDecimal(other.text)) != 0;
        }
        return kind == Kind.STRING
                && other.kind == Kind.STRING
                && PLAIN.matcher(text + other.text).matches()
                && !folded().equals(other.folded());
    }

    private boolean mayBeDate() {
        return DATE.matcher(text).matches();
    }

    private String folded() {
        return text.stripTrailing().toLowerCase(Locale.ROOT);
    }
}
