package org.apache.cloudstack.framework.dbupgrade.osc;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.osc.TableShape.Column;

/** Whether every value of a column is the same value in another one, so that copying it loses nothing. */
record LosslessConversion(Column from, Column to) {

    private static final List<String> INTEGERS = List.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final Set<String> SHORT_TEXTS = Set.of("char", "varchar");
    private static final Set<String> LONG_TEXTS = Set.of("tinytext", "text", "mediumtext", "longtext");
    private static final Set<String> OCTETS = Set.of("varbinary", "tinyblob", "blob", "mediumblob", "longblob");
    private static final Set<String> LISTS = Set.of("enum", "set");
    private static final Set<String> TIMES = Set.of("datetime", "timestamp", "time");
    private static final String WIDEST = "utf8mb4";
    private static final int OCTETS_OF_A_CHARACTER = 4;
    private static final int DIGITS_OF_AN_INTEGER = 20;
    private static final Pattern MEMBER = Pattern.compile("'(?:[^']|'')*'");

    boolean holds() {
        boolean takesNull = to.nullable() || !from.nullable();
        boolean counts = to.extra().contains("auto_increment") && !from.extra().contains("auto_increment");
        return takesNull && !counts && (isSame() || isWider());
    }

    /** Also that two values that differ still do. */
    boolean holdsInKey() {
        return holds() && Objects.equals(from.collation(), to.collation());
    }

    private boolean isSame() {
        return from.type().equals(to.type())
                && Objects.equals(from.charset(), to.charset())
                && Objects.equals(from.collation(), to.collation());
    }

    private boolean isWider() {
        if (from.type().contains("zerofill") || to.type().contains("zerofill")) {
            return false;
        }
        if (INTEGERS.contains(from.kind())) {
            return INTEGERS.contains(to.kind())
                    ? isWiderInteger()
                    : SHORT_TEXTS.contains(to.kind()) && to.length() >= DIGITS_OF_AN_INTEGER;
        }
        if (isText(from) && isText(to)) {
            return isWiderCharset() && isLongerText();
        }
        if (LISTS.contains(from.kind())) {
            return from.kind().equals(to.kind())
                    ? isWiderCharset() && members(to).containsAll(members(from))
                    : SHORT_TEXTS.contains(to.kind()) && isWiderCharset() && to.length() >= from.length();
        }
        if (OCTETS.contains(from.kind())) {
            return OCTETS.contains(to.kind()) && to.length() >= from.length();
        }
        return isWiderNumberOrTime();
    }

    private boolean isWiderInteger() {
        int more = INTEGERS.indexOf(to.kind()) - INTEGERS.indexOf(from.kind());
        boolean sameSign = isUnsigned(from) == isUnsigned(to);
        return sameSign ? more >= 0 : isUnsigned(from) && more > 0;
    }

    private boolean isWiderNumberOrTime() {
        if (from.kind().equals("decimal") && to.kind().equals("decimal")) {
            int moreBehind = to.scale() - from.scale();
            return isUnsigned(from) == isUnsigned(to)
                    && moreBehind >= 0
                    && to.precision() - from.precision() >= moreBehind;
        }
        boolean dated = from.kind().equals("date") && to.kind().equals("datetime");
        return dated
                || TIMES.contains(from.kind()) && from.kind().equals(to.kind()) && to.fraction() >= from.fraction();
    }

    private boolean isWiderCharset() {
        return Objects.equals(from.charset(), to.charset()) || WIDEST.equals(to.charset());
    }

    /** The length of long strings is that in octets. */
    private boolean isLongerText() {
        long sure = SHORT_TEXTS.contains(to.kind()) ? to.length() : to.length() / OCTETS_OF_A_CHARACTER;
        boolean alike = LONG_TEXTS.contains(from.kind())
                && LONG_TEXTS.contains(to.kind())
                && Objects.equals(from.charset(), to.charset());
        return sure >= from.length() || alike && to.length() >= from.length();
    }

    private static boolean isText(Column column) {
        return SHORT_TEXTS.contains(column.kind()) || LONG_TEXTS.contains(column.kind());
    }

    private static boolean isUnsigned(Column column) {
        return column.type().contains("unsigned");
    }

    private static Set<String> members(Column column) {
        return MEMBER.matcher(column.type()).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
