package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server as a test asks for it, such as {@code mysql:8.4}.
 *
 * @param product {@code mysql} or {@code mariadb}
 * @param version the beginning of its version; empty for any
 */
record ServerName(String product, String version) {

    private static final Pattern FORM = Pattern.compile("(mysql|mariadb)(?::(\\d+(?:\\.\\d+)*))?");

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException when it has another form
     */
    static ServerName parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' names no server: write a product and the beginning of its version, such as mysql:8.4 or mariadb:11.4.");
        }
        return new ServerName(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
    }

    /** Whether a server that calls itself so, such as {@code MySQL 8.4.2}, is one. */
    boolean isMetBy(String introduction) {
        String[] words = introduction.toLowerCase(Locale.ROOT).split(" ");
        return words[0].equals(product) && isBegunBy(words[1]);
    }

    /** Whether it is this version of its product. */
    boolean isBegunBy(String other) {
        return version.isEmpty() || other.equals(version) || other.startsWith(version + ".");
    }

    @Override
    public String toString() {
        return version.isEmpty() ? product : product + ":" + version;
    }
}
