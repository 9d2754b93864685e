package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type, read from its SQL.
 *
 * @param base its name, in lower case and one of several synonyms
 * @param arguments what is in parentheses; of integers nothing, since a width of display means nothing
 * @param unsigned whether it has no negative values
 * @param charset the character set, when it is said
 * @param collation the collation, when it is said
 */
record ColumnType(
        String base, List<String> arguments, boolean unsigned, Optional<String> charset, Optional<String> collation) {

    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("integer", "int"),
            Map.entry("int4", "int"),
            Map.entry("int1", "tinyint"),
            Map.entry("bool", "tinyint"),
            Map.entry("boolean", "tinyint"),
            Map.entry("int2", "smallint"),
            Map.entry("int3", "mediumint"),
            Map.entry("int8", "bigint"),
            Map.entry("dec", "decimal"),
            Map.entry("numeric", "decimal"),
            Map.entry("fixed", "decimal"),
            Map.entry("real", "double"),
            Map.entry("float8", "double"),
            Map.entry("float4", "float"),
            Map.entry("character", "char"),
            Map.entry("nchar", "char"),
            Map.entry("nvarchar", "varchar"),
            Map.entry("varcharacter", "varchar"),
            Map.entry("long", "mediumtext"),
            Map.entry("json", "longtext"));

    private static final List<String> INTEGERS = List.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final Pattern NAME = Pattern.compile("\\s*(\\w+)(?:\\s+(varying|precision))?\\s*(\\(?)");
    private static final Pattern CHARSET = Pattern.compile("(?:character\\s+set|charset)\\s*=?\\s*['`]?(\\w+)");
    private static final Pattern COLLATION = Pattern.compile("collate\\s*=?\\s*['`]?(\\w+)");
    private static final Pattern BINARY = Pattern.compile("(?<!set\\s)(?<!charset\\s)\\bbinary\\b");
    private static final String BY_BYTES = "_bin";

    ColumnType {
        arguments = List.copyOf(arguments);
    }

    static ColumnType of(String sql) {
        Matcher name = NAME.matcher(sql);
        if (!name.lookingAt()) {
            return new ColumnType(sql, List.of(), false, Optional.empty(), Optional.empty());
        }
        String word = name.group(1).toLowerCase(Locale.ROOT);
        String base = "varying".equalsIgnoreCase(name.group(2)) ? "varchar" : SYNONYMS.getOrDefault(word, word);
        List<String> arguments = new ArrayList<>();
        int end = name.group(3).isEmpty() ? name.end() : arguments(sql, name.end(), arguments);
        String rest = sql.substring(end).toLowerCase(Locale.ROOT);
        if (INTEGERS.contains(base)) {
            arguments.clear();
        }
        return new ColumnType(
                        base,
                        arguments,
                        rest.contains("unsigned") || rest.contains("zerofill"),
                        found(CHARSET, rest).map(ColumnType::charset),
                        found(COLLATION, rest)
                                .or(() -> BINARY.matcher(rest).find() ? Optional.of(BY_BYTES) : Optional.empty()))
                .withWholeCollation();
    }

    /** Where the type says nothing of its text, that of the table holds. */
    ColumnType orDefaults(Optional<String> charset, Optional<String> collation) {
        boolean isByBytes = this.collation.equals(Optional.of(BY_BYTES));
        if (this.charset.isPresent() || this.collation.isPresent() && !isByBytes || !isText()) {
            return this;
        }
        return new ColumnType(
                        base,
                        arguments,
                        unsigned,
                        charset.map(name -> charset(name.toLowerCase(Locale.ROOT)))
                                .or(() -> collation.map(ColumnType::charsetOf)),
                        isByBytes ? this.collation : collation.map(name -> name.toLowerCase(Locale.ROOT)))
                .withWholeCollation();
    }

    /** BINARY after a text means the collation by bytes of its character set, whichever that is. */
    private ColumnType withWholeCollation() {
        Optional<String> whole = collation.map(name -> name.equals(BY_BYTES) ? charset.orElse("") + name : name);
        return new ColumnType(base, arguments, unsigned, charset, whole);
    }

    /** Whether text compares by its bytes, so that no two ways to write it are equal. */
    boolean isCollatedByBytes() {
        return collation.filter(name -> name.endsWith(BY_BYTES)).isPresent();
    }

    /** Whether it is said that text differs where only the case of its letters does. */
    boolean distinguishesCase() {
        return collation.filter(Charsets::distinguishesCase).isPresent();
    }

    boolean isInteger() {
        return INTEGERS.contains(base);
    }

    /** Among the integers, from the smallest. */
    int integerRank() {
        return INTEGERS.indexOf(base);
    }

    boolean isList() {
        return base.equals("enum") || base.equals("set");
    }

    boolean isText() {
        return base.endsWith("text") || base.endsWith("char") || isList();
    }

    /** The number in parentheses at a place; what is not said counts as given. */
    long argument(int index, long unsaid) {
        return index < arguments.size() && arguments.get(index).matches("\\d{1,18}")
                ? Long.parseLong(arguments.get(index))
                : unsaid;
    }

    /** The character set, also when only a collation says it. */
    Optional<String> effectiveCharset() {
        return charset.or(() -> collation.filter(name -> !name.equals(BY_BYTES)).map(ColumnType::charsetOf))
                .filter(name -> !name.equals(Charsets.UNKNOWN));
    }

    private static String charsetOf(String collation) {
        return charset(collation.toLowerCase(Locale.ROOT).replaceFirst("_.*", ""));
    }

    private static String charset(String name) {
        return name.equals("utf8") ? "utf8mb3" : name;
    }

    private static Optional<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Reads what is in parentheses, strings with their quotes; returns where it ends. */
    private static int arguments(String sql, int begin, List<String> arguments) {
        StringBuilder argument = new StringBuilder();
        boolean quoted = false;
        int i = begin;
        for (; i < sql.length() && (quoted || sql.charAt(i) != ')'); i++) {
            char sign = sql.charAt(i);
            quoted ^= sign == '\'';
            if (sign == ',' && !quoted) {
                arguments.add(argument.toString().strip());
                argument.setLength(0);
            } else {
                argument.append(sign);
            }
        }
        arguments.add(argument.toString().strip());
        return Math.min(i + 1, sql.length());
    }
}
