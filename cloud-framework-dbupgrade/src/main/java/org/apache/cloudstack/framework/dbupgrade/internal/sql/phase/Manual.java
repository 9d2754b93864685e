package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

/** The pages of the vendors' manuals that rows of the table come from. */
public enum Manual {
    COLUMNS("innodb-online-ddl-operations.html#online-ddl-column-operations", "INSTANT"),
    GENERATED_COLUMNS("innodb-online-ddl-operations.html#online-ddl-generated-column-operations", "INPLACE"),
    INDEXES("innodb-online-ddl-operations.html#online-ddl-index-operations", "NOCOPY"),
    PRIMARY_KEY("innodb-online-ddl-operations.html#online-ddl-primary-key-operations", "INPLACE"),
    FOREIGN_KEYS("innodb-online-ddl-operations.html#online-ddl-foreign-key-operations", "NOCOPY"),
    TABLES("innodb-online-ddl-operations.html#online-ddl-table-operations", "INPLACE"),
    PARTITIONS("innodb-online-ddl-operations.html#online-ddl-partitioning", "alter-table"),
    CHECKS("create-table-check-constraints.html", "constraint"),
    CREATE_TABLE("create-table.html", "create-table"),
    DROP_TABLE("drop-table.html", "drop-table"),
    RENAME_TABLE("rename-table.html", "rename-table"),
    TRUNCATE("truncate-table.html", "truncate-table"),
    DATABASES("sql-data-definition-statements.html", "create-database"),
    VIEWS("create-view.html", "create-view"),
    ROUTINES("create-procedure.html", "create-procedure"),
    TRIGGERS("create-trigger.html", "create-trigger"),
    EVENTS("create-event.html", "create-event"),
    ROWS("sql-data-manipulation-statements.html", "data-manipulation");

    private static final String MYSQL = "https://dev.mysql.com/doc/refman/8.4/en/";
    private static final String MARIADB = "https://mariadb.com/kb/en/";

    private final String mySql;
    private final String mariaDb;

    Manual(String mySql, String mariaDb) {
        this.mySql = mySql;
        this.mariaDb = mariaDb;
    }

    /** The address at MySQL. */
    public String mySql() {
        return MYSQL + mySql;
    }

    /** The address at MariaDB. */
    public String mariaDb() {
        boolean isAlgorithm = mariaDb.equals(mariaDb.toUpperCase(java.util.Locale.ROOT));
        return MARIADB
                + (isAlgorithm
                        ? "innodb-online-ddl-operations-with-the-" + mariaDb.toLowerCase(java.util.Locale.ROOT)
                                + "-alter-algorithm"
                        : mariaDb)
                + "/";
    }
}
