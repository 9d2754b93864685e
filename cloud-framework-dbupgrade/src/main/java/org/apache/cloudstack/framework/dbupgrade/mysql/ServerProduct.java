package org.apache.cloudstack.framework.dbupgrade.mysql;

/** The two products, whose differences matter. */
public enum ServerProduct {
    /** Oracle's MySQL and what is compatible with it. */
    MYSQL("MySQL"),
    /** MariaDB. */
    MARIADB("MariaDB");

    private final String title;

    ServerProduct(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
