package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;

/**
 * How each line of servers does a change.
 *
 * @param mySql80 MySQL 8.0 to 8.0.28
 * @param mySql later MySQL
 * @param mariaDb106 MariaDB 10.6 to 11.1
 * @param mariaDb later MariaDB
 */
public record AlgorithmByServer(
        AlterAlgorithm mySql80, AlterAlgorithm mySql, AlterAlgorithm mariaDb106, AlterAlgorithm mariaDb) {

    static final AlgorithmByServer PLAIN = everywhere(AlterAlgorithm.PLAIN);
    static final AlgorithmByServer INSTANT = everywhere(AlterAlgorithm.INSTANT);
    static final AlgorithmByServer IN_PLACE = everywhere(AlterAlgorithm.IN_PLACE);
    static final AlgorithmByServer REBUILD = everywhere(AlterAlgorithm.REBUILD);
    static final AlgorithmByServer REBUILD_READ_ONLY = everywhere(AlterAlgorithm.REBUILD_READ_ONLY);
    /** All servers copy; MariaDB from 11.2 lets others write. */
    static final AlgorithmByServer COPY = of(AlterAlgorithm.COPY, AlterAlgorithm.COPY, AlterAlgorithm.COPY_ONLINE);
    /** MariaDB needs not touch what MySQL goes through. */
    static final AlgorithmByServer IN_PLACE_OR_INSTANT =
            of(AlterAlgorithm.IN_PLACE, AlterAlgorithm.INSTANT, AlterAlgorithm.INSTANT);

    static final AlgorithmByServer REBUILD_OR_INSTANT =
            of(AlterAlgorithm.REBUILD, AlterAlgorithm.INSTANT, AlterAlgorithm.INSTANT);
    static final AlgorithmByServer COPY_OR_INSTANT =
            of(AlterAlgorithm.COPY, AlterAlgorithm.INSTANT, AlterAlgorithm.INSTANT);

    static AlgorithmByServer everywhere(AlterAlgorithm way) {
        return new AlgorithmByServer(way, way, way, way);
    }

    static AlgorithmByServer of(AlterAlgorithm mySql, AlterAlgorithm mariaDb106, AlterAlgorithm mariaDb) {
        return new AlgorithmByServer(mySql, mySql, mariaDb106, mariaDb);
    }

    /** The same, with another way on MySQL before 8.0.29. */
    AlgorithmByServer before8029(AlterAlgorithm way) {
        return new AlgorithmByServer(way, mySql, mariaDb106, mariaDb);
    }

    /** The way of one line. */
    public AlterAlgorithm on(ServerVersionRange line) {
        return switch (line) {
            case MYSQL_8_0 -> mySql80;
            case MYSQL -> mySql;
            case MARIADB_10_6 -> mariaDb106;
            case MARIADB -> mariaDb;
        };
    }
}
