package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of rows as text, so that a number of Java equals one of the server. */
final class Cells {

    static final String NULL = "NULL";

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");

    private Cells() {}

    static String text(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return value.toString();
    }

    /** Whether both are the same text, or the same number: {@code 1.50} and {@code 1.5}. */
    static boolean same(String one, String other) {
        return one.equals(other)
                || NUMBER.matcher(one).matches()
                        && NUMBER.matcher(other).matches()
                        && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    }
}
