package org.apache.cloudstack.framework.dbupgrade.verify;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The definition of a column in one spelling, such as {@code varchar(40) utf8mb3 NOT NULL DEFAULT 'x'}. */
final class ColumnText {

    private static final Pattern WIDTH = Pattern.compile("\\b(tinyint|smallint|mediumint|int|bigint|year)\\(\\d+\\)");
    private static final Pattern NOW =
            Pattern.compile("(?i)\\b(?:current_timestamp|now|localtimestamp|localtime)\\b(?:\\(\\))?");
    private static final Pattern PLAIN_NOW = Pattern.compile("current_timestamp(?:\\(\\d\\))?");
    private static final Pattern ESCAPED = Pattern.compile("''|\\\\.");
    private static final Pattern EXPRESSION_IN_MARIADB = Pattern.compile("(?i)[a-z_(`].*");
    private static final Pattern BITS = Pattern.compile("(?i)[bx]'.*'");
    private static final Set<String> NUMBERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double", "year");

    private final boolean mariaDb;
    private final LogicalNames names;

    ColumnText(boolean mariaDb, LogicalNames names) {
        this.mariaDb = mariaDb;
        this.names = names;
    }

    /**
     * The definition.
     *
     * @param isJson whether MariaDB keeps JSON in it, for which it has no type but a check
     */
    String of(Row column, boolean isJson) {
        return (isJson ? "json" : type(column.text("column_type")))
                + (column.isNull("collation_of") || isJson ? "" : " " + Collations.text(column.text("collation_of")))
                + (column.is("is_nullable", "YES") ? "" : " NOT NULL")
                + defaultValue(column)
                + extra(column);
    }

    /** MySQL 8.0.19 and later keep the width of an integer only where it means something. */
    static String type(String type) {
        boolean meaningful = type.equals("tinyint(1)") || type.contains("zerofill");
        return meaningful ? type : WIDTH.matcher(type).replaceFirst("$1");
    }

    private String defaultValue(Row column) {
        String value = column.text("column_default");
        // MariaDB writes the default of a nullable column that has none.
        if (column.isNull("column_default") || mariaDb && value.equalsIgnoreCase("NULL")) {
            return "";
        }
        if (!isExpression(column, value)) {
            return " DEFAULT " + literal(column, value);
        }
        String expression = now(names.inExpression(value));
        return " DEFAULT " + (PLAIN_NOW.matcher(expression).matches() ? expression : SqlText.expression(expression));
    }

    private boolean isExpression(Row column, String value) {
        if (BITS.matcher(value).matches()) {
            return false;
        }
        return mariaDb
                ? EXPRESSION_IN_MARIADB.matcher(value).matches()
                : column.text("extra").toUpperCase(Locale.ROOT).contains("DEFAULT_GENERATED");
    }

    private String literal(Row column, String value) {
        String type = column.text("data_type");
        if (type.equals("bit") && BITS.matcher(value).matches()) {
            return value;
        }
        boolean quoted = mariaDb && value.startsWith("'") && value.endsWith("'");
        String plain = quoted ? unescaped(value.substring(1, value.length() - 1)) : value;
        if (type.endsWith("binary")) {
            return "'" + bytes(plain) + "'";
        }
        return NUMBERS.contains(type) ? number(plain) : "'" + plain + "'";
    }

    private static String unescaped(String literal) {
        return ESCAPED.matcher(literal)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().equals("\\0") ? "\0" : found.group().substring(1)));
    }

    /** MySQL writes bytes as a hexadecimal number, and both fill a fixed length with zeros. */
    private static String bytes(String text) {
        String plain = text.startsWith("0x")
                ? new String(HexFormat.of().parseHex(text, 2, text.length()), StandardCharsets.ISO_8859_1)
                : text;
        return plain.replaceFirst("\0+$", "");
    }

    private static String number(String text) {
        BigDecimal value = new BigDecimal(text);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String extra(Row column) {
        String extra = now(column.text("extra")).toLowerCase(Locale.ROOT);
        String kept =
                extra.replace("default_generated", "").replace("invisible", "").strip();
        String generated = SqlText.expression(column.text("generation_expression"));
        return (kept.isEmpty() ? "" : " " + kept) + (generated.isEmpty() ? "" : " AS " + generated);
    }

    private static String now(String text) {
        return NOW.matcher(text).replaceAll("current_timestamp");
    }
}
