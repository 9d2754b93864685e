package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rules of quotes while a script runs: it may set its {@code sql_mode}, keep it in a variable, and set it back. */
final class SessionMode {

    private static final String NAME = "SQL_MODE";

    private final QuoteRules initial;
    private final Map<String, QuoteRules> kept = new HashMap<>();
    private QuoteRules rules;

    SessionMode(QuoteRules initial) {
        this.initial = initial;
        this.rules = initial;
    }

    SessionMode copy() {
        SessionMode copy = new SessionMode(initial);
        copy.rules = rules;
        copy.kept.putAll(kept);
        return copy;
    }

    QuoteRules rules() {
        return rules;
    }

    /** Takes notice of a statement that runs. */
    void follow(String statement) {
        if (!mentionsMode(statement)) {
            return;
        }
        List<String> words = words(statement);
        if (words.isEmpty() || !words.get(0).equals("SET")) {
            return;
        }
        List<String> assignment = new ArrayList<>();
        int depth = 0;
        for (String word : words.subList(1, words.size())) {
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            if (depth == 0 && word.equals(",")) {
                assign(assignment);
                assignment.clear();
            } else {
                assignment.add(word);
            }
        }
        assign(assignment);
    }

    private static boolean mentionsMode(String statement) {
        int sign = NAME.indexOf('_');
        for (int at = statement.indexOf('_'); at >= 0; at = statement.indexOf('_', at + 1)) {
            if (statement.regionMatches(true, at - sign, NAME, 0, NAME.length())) {
                return true;
            }
        }
        return false;
    }

    private List<String> words(String statement) {
        List<String> words = new ArrayList<>();
        Lexer lexer = new Lexer(statement, rules);
        while (lexer.next()) {
            switch (lexer.kind()) {
                case COMMENT, OPEN, CLOSE -> {
                    // what a directive holds is read like the rest
                }
                case STRING, DOUBLE_QUOTED -> words.add("'" + lexer.text().substring(1));
                default -> words.add(lexer.text().replace("`", "").toUpperCase(Locale.ROOT));
            }
        }
        return words;
    }

    private void assign(List<String> words) {
        int equals = words.indexOf("=");
        if (equals <= 0) {
            return;
        }
        List<String> target = words.subList(0, equals);
        List<String> value = words.subList(equals + 1, words.size());
        String name = target.get(target.size() - 1).replace(":", "");
        boolean isVariable =
                target.get(0).equals("@") && !target.subList(1, target.size()).contains("@");
        if (isVariable && value.contains(NAME)) {
            kept.put(String.join("", target).replace(":", ""), rules);
        } else if (!isVariable && (name.equals(NAME) || target.contains(NAME)) && !isForAll(target)) {
            rules = after(value);
        }
    }

    private static boolean isForAll(List<String> target) {
        return target.contains("GLOBAL") || target.contains("PERSIST") || target.contains("PERSIST_ONLY");
    }

    private QuoteRules after(List<String> value) {
        QuoteRules before = kept.get(String.join("", value));
        if (before != null) {
            return before;
        }
        if (value.contains("DEFAULT")) {
            return initial;
        }
        StringBuilder modes = new StringBuilder();
        value.forEach(
                word -> modes.append(word.replace("'", "").replace("\"", "")).append(','));
        QuoteRules named = QuoteRules.of(modes.toString());
        if (value.contains("REPLACE")) {
            return new QuoteRules(
                    rules.ansiQuotes() && !named.ansiQuotes(),
                    rules.noBackslashEscapes() && !named.noBackslashEscapes());
        }
        return value.contains(NAME)
                ? new QuoteRules(
                        rules.ansiQuotes() || named.ansiQuotes(),
                        rules.noBackslashEscapes() || named.noBackslashEscapes())
                : named;
    }
}
