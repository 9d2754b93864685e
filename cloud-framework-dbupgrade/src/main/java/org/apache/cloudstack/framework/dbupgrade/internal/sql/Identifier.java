package org.apache.cloudstack.framework.dbupgrade.internal.sql;

/** Names of databases and tables in SQL text. The only place that quotes them. */
public final class Identifier {

    private Identifier() {}

    /**
     * Quotes one name for MySQL and MariaDB.
     *
     * @throws IllegalArgumentException when the name is empty or holds a NUL, which no quoting can express
     */
    public static String quote(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "Not the name of a database object: '" + name.replace("\0", "\\0") + "'");
        }
        return "`" + name.replace("`", "``") + "`";
    }

    /** Quotes a name together with its database. */
    public static String quote(String schema, String name) {
        return quote(schema) + "." + quote(name);
    }
}
