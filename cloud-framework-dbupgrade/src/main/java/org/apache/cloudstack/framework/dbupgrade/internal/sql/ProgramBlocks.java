package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a stored program is complete, so that it needs no {@code DELIMITER} line around it. The client would cut it at the
 * first semicolon, and no server takes what is left.
 */
final class ProgramBlocks {

    private static final Set<String> PROGRAMS = Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT");
    private static final Set<String> OPENED_BY_WORD = Set.of("IF", "WHILE", "LOOP", "REPEAT", "FOR");
    private static final Set<String> BEFORE_STATEMENT =
            Set.of(";", ":", "BEGIN", "ATOMIC", "THEN", "ELSE", "DO", "LOOP", "REPEAT");
    private static final int LONGEST_HEADER = 20;

    private ProgramBlocks() {}

    /** Whether the text defines a stored program, or is a block of its own. */
    static boolean mayHave(CharSequence text, QuoteRules rules) {
        Lexer lexer = new Lexer(text, rules);
        String first = word(lexer);
        if (first.equals("BEGIN")) {
            return word(lexer).equals("NOT");
        }
        if (!first.equals("CREATE") && !first.equals("ALTER")) {
            return false;
        }
        String word = word(lexer);
        // ALTER knows EVENT only; an account may be named in front of it
        for (int i = 0; i < LONGEST_HEADER && !word.isEmpty(); i++) {
            if (PROGRAMS.contains(word)) {
                return true;
            }
            if (Set.of("TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA", "USER").contains(word)) {
                return false;
            }
            word = word(lexer);
        }
        return false;
    }

    /** The next word or symbol, in upper case; empty at the end. */
    private static String word(Lexer lexer) {
        while (lexer.next()) {
            switch (lexer.kind()) {
                case COMMENT, OPEN, CLOSE -> {
                    // no word
                }
                case WORD, SIGN -> {
                    return lexer.text().toUpperCase(Locale.ROOT);
                }
                default -> {
                    return "'";
                }
            }
        }
        return "";
    }

    /** Whether each block of the text is closed. */
    static boolean areClosed(CharSequence text, QuoteRules rules) {
        Lexer lexer = new Lexer(text, rules);
        Deque<String> open = new ArrayDeque<>();
        String before = "";
        String word = word(lexer);
        while (!word.isEmpty()) {
            String next = word(lexer);
            if (word.equals("END")) {
                open.poll();
                boolean named = OPENED_BY_WORD.contains(next) || next.equals("CASE");
                before = word;
                word = named ? word(lexer) : next;
                continue;
            }
            boolean opens = word.equals("BEGIN") && !before.equals("XA")
                    || word.equals("CASE")
                    || OPENED_BY_WORD.contains(word) && beginsStatement(word, next, before, open, lexer);
            if (opens) {
                open.push(word);
            }
            before = word;
            word = next;
        }
        return open.isEmpty();
    }

    private static boolean beginsStatement(String word, String next, String before, Deque<String> open, Lexer behind) {
        boolean place = BEFORE_STATEMENT.contains(before) || open.isEmpty();
        boolean isHeader = PROGRAMS.contains(before) && List.of("NOT", "EXISTS").contains(next);
        boolean isOther = isHeader || List.of("EACH", "UPDATE").contains(next);
        boolean isFunction = next.equals("(") && (word.equals("REPEAT") || word.equals("IF") && hasThreeParts(behind));
        return place && !isOther && !isFunction;
    }

    /** A condition in brackets has no comma; the function {@code IF} has two. */
    private static boolean hasThreeParts(Lexer behind) {
        Lexer look = behind.copy();
        int depth = 1;
        for (String word = word(look); depth > 0 && !word.isEmpty(); word = word(look)) {
            if (depth == 1 && word.equals(",")) {
                return true;
            }
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
        }
        return false;
    }
}
