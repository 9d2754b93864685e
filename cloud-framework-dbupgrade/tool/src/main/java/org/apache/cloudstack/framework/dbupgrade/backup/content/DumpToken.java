package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.Locale;

/**
 * A piece of a statement.
 *
 * @param kind what it is
 * @param text without quotes, words in upper case; of a long string, its beginning
 * @param written the same as the dump has it
 * @param byVersion whether some servers read it and others take it for a comment
 */
record DumpToken(Kind kind, String text, String written, boolean byVersion) {

    DumpToken(Kind kind, String text, boolean byVersion) {
        this(kind, text, text, byVersion);
    }

    enum Kind {
        /** Letters, digits, {@code _} and {@code $}. */
        WORD,
        /** A quoted identifier. */
        NAME,
        STRING,
        SIGN,
        /** The delimiter, which is in no statement. */
        END
    }

    static DumpToken word(String text, boolean byVersion) {
        return new DumpToken(Kind.WORD, text.toUpperCase(Locale.ROOT), text, byVersion);
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean isNumber() {
        return kind == Kind.WORD && text.charAt(0) >= '0' && text.charAt(0) <= '9';
    }
}
