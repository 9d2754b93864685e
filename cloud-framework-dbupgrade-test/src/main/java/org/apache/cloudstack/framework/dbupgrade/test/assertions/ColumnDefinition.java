package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a column is, part by part.
 *
 * @param type such as {@code bigint unsigned}
 * @param charset the character set of strings, else empty
 * @param collation the collation of strings, else empty
 * @param notNull whether NULL is refused
 * @param defaultValue as the picture of the schema has it, with quotes around strings; empty when there is none
 * @param extra {@code auto_increment} and what else follows; may be empty
 */
record ColumnDefinition(
        String type, String charset, String collation, boolean notNull, Optional<String> defaultValue, String extra) {

    private static final String QUOTED = "'(?:[^'\\\\]|\\\\.|'')*'";
    private static final Pattern PARTS = Pattern.compile(
            "(?<type>[a-z]+(?:\\((?:[^'()]|" + QUOTED + ")*\\))?(?: unsigned)?(?: zerofill)?)"
                    + "(?: (?<charset>[a-z0-9]+) COLLATE (?<collation>\\w+))?"
                    + "(?<null> NOT NULL)?"
                    + "(?: DEFAULT (?<default>.*?))?"
                    + "(?<extra> auto_increment| on update current_timestamp\\S*| (?:stored|virtual) generated AS .*)?",
            Pattern.DOTALL);
    private static final Pattern WIDTH = Pattern.compile("\\b(tinyint|smallint|mediumint|int|bigint|year)\\(\\d+\\)");
    private static final Map<String, String> SAME = Map.of(
            "integer", "int",
            "boolean", "tinyint(1)",
            "bool", "tinyint(1)",
            "numeric", "decimal",
            "dec", "decimal",
            "decimal", "decimal(10,0)");

    /** Reads the definition that a picture has; what it cannot distinguish counts as type. */
    static ColumnDefinition of(String definition) {
        Matcher parts = PARTS.matcher(definition);
        if (!parts.matches()) {
            return new ColumnDefinition(definition, "", "", false, Optional.empty(), "");
        }
        return new ColumnDefinition(
                parts.group("type"),
                text(parts.group("charset")),
                text(parts.group("collation")),
                parts.group("null") != null,
                Optional.ofNullable(parts.group("default")),
                text(parts.group("extra")).strip());
    }

    /** A type as somebody writes it, in the spelling of pictures: {@code INT(11)} is {@code int}. */
    static String type(String written) {
        String lower = outsideOfQuotes(written.strip());
        Matcher word = Pattern.compile("[a-z]+").matcher(lower);
        if (word.lookingAt()) {
            String rest = lower.substring(word.end());
            String known = SAME.getOrDefault(word.group(), word.group());
            boolean sized = rest.startsWith("(");
            lower = (sized ? known.replaceFirst("\\(.*", "") : known) + rest;
        }
        boolean meaningful = lower.equals("tinyint(1)") || lower.contains("zerofill");
        return meaningful ? lower : WIDTH.matcher(lower).replaceFirst("$1");
    }

    /** Whether the default is this one: a text without its quotes, a number, or an expression. */
    boolean hasDefault(String expected) {
        return defaultValue
                .filter(found -> found.equals("'" + expected + "'")
                        || Cells.same(found, expected)
                        || expression(found).equals(expression(expected)))
                .isPresent();
    }

    /** The parts by name, for strings. */
    Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("type", type);
        parts.put("null", notNull ? "no" : "yes");
        parts.put("default", defaultValue.orElse("none"));
        if (!charset.isEmpty()) {
            parts.put("character set", charset);
            parts.put("collation", collation);
        }
        if (!extra.isEmpty()) {
            parts.put("extra", extra);
        }
        return parts;
    }

    private static String expression(String text) {
        return text.toLowerCase(Locale.ROOT).replaceFirst("^(?:now|current_timestamp)(?:\\(\\))?", "current_timestamp");
    }

    /** Members of an enum keep their case. */
    private static String outsideOfQuotes(String text) {
        return Pattern.compile(QUOTED + "|[^']+")
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().startsWith("'")
                                ? found.group()
                                : found.group()
                                        .toLowerCase(Locale.ROOT)
                                        .replaceAll("\\s+", " ")
                                        .replaceAll(" ?([(),]) ?", "$1")
                                        .replaceAll("\\)(?=[a-z])", ") ")));
    }

    private static String text(@Nullable String group) {
        return group == null ? "" : group;
    }
}
