package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

/** The versions of the database servers that do a change in the same way. */
public enum ServerVersionRange {
    /** Until columns could be added anywhere, and dropped, at once. */
    MYSQL_8_0("MySQL 8.0 to 8.0.28"),
    /** All later ones. */
    MYSQL("MySQL 8.0.29 to 9.x"),
    /** Until others could write while a table is copied. */
    MARIADB_10_6("MariaDB 10.6 to 11.1"),
    /** All later ones. */
    MARIADB("MariaDB from 11.2");

    private static final int INSTANT_ANYWHERE = 29;

    private final String title;

    ServerVersionRange(String title) {
        this.title = title;
    }

    /** The line of a version of MySQL. */
    public static ServerVersionRange ofMySql(int major, int minor, int patch) {
        return major < 8 || major == 8 && minor == 0 && patch < INSTANT_ANYWHERE ? MYSQL_8_0 : MYSQL;
    }

    /** The line of a version of MariaDB. */
    public static ServerVersionRange ofMariaDb(int major, int minor) {
        return major < 11 || major == 11 && minor < 2 ? MARIADB_10_6 : MARIADB;
    }

    /** Whether it is MariaDB. */
    public boolean isMariaDb() {
        return this == MARIADB_10_6 || this == MARIADB;
    }

    @Override
    public String toString() {
        return title;
    }
}
