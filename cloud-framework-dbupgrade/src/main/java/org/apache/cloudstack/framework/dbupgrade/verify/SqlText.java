package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL as the servers print it, in one spelling. Strings are for comparing, not for running. */
final class SqlText {

    static final String LITERAL = "'(?:[^'\\\\]|\\\\.|'')*+'";
    private static final Pattern SPACE_OR_QUOTED =
            Pattern.compile(LITERAL + "|\"(?:[^\"\\\\]|\\\\.)*+\"|`[^`]*`|(?<space>\\s+)");
    private static final Pattern LITERAL_OR_CODE = Pattern.compile("(?<literal>" + LITERAL + ")|(?<code>[^']+|')");
    private static final Pattern ESCAPED_QUOTES = Pattern.compile("_\\w+\\\\'");

    private SqlText() {}

    /** The body of a routine or trigger: as written, with one space wherever there was some. */
    static String body(String text) {
        String spaced = SPACE_OR_QUOTED
                .matcher(text.strip())
                .replaceAll(found -> Matcher.quoteReplacement(found.group().isBlank() ? " " : found.group()));
        return spaced.replaceFirst("[\\s;]+$", "");
    }

    /**
     * An expression or a view, which servers print from their parsed form: without the parentheses, quotes around names
     * and character sets before literals, that each server adds in its own way.
     */
    static String expression(String text) {
        String unescaped = ESCAPED_QUOTES.matcher(text).find() ? text.replace("\\'", "'") : text;
        StringBuilder result = new StringBuilder();
        Matcher part = LITERAL_OR_CODE.matcher(unescaped);
        while (part.find()) {
            String literal = part.group("literal");
            result.append(literal == null ? code(part.group()) : literal);
        }
        return result.toString().strip();
    }

    private static String code(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("`", "")
                .replaceAll("(?<!\\w)_(?:utf8mb[34]|utf8|latin1|binary|ascii)\\s*$", "")
                .replaceAll("[\\s()]+", " ")
                .replaceAll("\\bnow\\b", "current_timestamp")
                .replaceAll("\\butf8\\b", "utf8mb3")
                .replaceAll(" ?(<=>|<>|<=|>=|[-,=<>+*/%]) ?", "$1");
    }
}
