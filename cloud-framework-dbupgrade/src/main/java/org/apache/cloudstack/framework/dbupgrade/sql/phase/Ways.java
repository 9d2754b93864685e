package org.apache.cloudstack.framework.dbupgrade.sql.phase;

/**
 * How each line of servers does a change.
 *
 * @param mySql80 MySQL 8.0 to 8.0.28
 * @param mySql later MySQL
 * @param mariaDb106 MariaDB 10.6 to 11.1
 * @param mariaDb later MariaDB
 */
public record Ways(Way mySql80, Way mySql, Way mariaDb106, Way mariaDb) {

    static final Ways PLAIN = everywhere(Way.PLAIN);
    static final Ways INSTANT = everywhere(Way.INSTANT);
    static final Ways IN_PLACE = everywhere(Way.IN_PLACE);
    static final Ways REBUILD = everywhere(Way.REBUILD);
    static final Ways REBUILD_READ_ONLY = everywhere(Way.REBUILD_READ_ONLY);
    /** All servers copy; MariaDB from 11.2 lets others write. */
    static final Ways COPY = of(Way.COPY, Way.COPY, Way.COPY_ONLINE);
    /** MariaDB needs not touch what MySQL goes through. */
    static final Ways IN_PLACE_OR_INSTANT = of(Way.IN_PLACE, Way.INSTANT, Way.INSTANT);

    static final Ways REBUILD_OR_INSTANT = of(Way.REBUILD, Way.INSTANT, Way.INSTANT);
    static final Ways COPY_OR_INSTANT = of(Way.COPY, Way.INSTANT, Way.INSTANT);

    static Ways everywhere(Way way) {
        return new Ways(way, way, way, way);
    }

    static Ways of(Way mySql, Way mariaDb106, Way mariaDb) {
        return new Ways(mySql, mySql, mariaDb106, mariaDb);
    }

    /** The same, with another way on MySQL before 8.0.29. */
    Ways before8029(Way way) {
        return new Ways(way, mySql, mariaDb106, mariaDb);
    }

    /** The way of one line. */
    public Way on(ServerLine line) {
        return switch (line) {
            case MYSQL_8_0 -> mySql80;
            case MYSQL -> mySql;
            case MARIADB_10_6 -> mariaDb106;
            case MARIADB -> mariaDb;
        };
    }
}
