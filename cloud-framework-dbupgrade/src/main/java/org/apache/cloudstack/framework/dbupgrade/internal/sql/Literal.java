package org.apache.cloudstack.framework.dbupgrade.internal.sql;

/** The one place where text becomes a string of a statement. */
public final class Literal {

    private Literal() {}

    /**
     * Quotes a text for MySQL and MariaDB. Whatever the {@code sql_mode}, it ends where the text ends; under
     * {@code NO_BACKSLASH_ESCAPES} a backslash would be read as two, so that mode does not go with strings that hold one.
     *
     * @throws IllegalArgumentException when the text holds a NUL, which statements cannot hold everywhere
     */
    public static String quote(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A text in a statement may not hold a NUL");
        }
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
