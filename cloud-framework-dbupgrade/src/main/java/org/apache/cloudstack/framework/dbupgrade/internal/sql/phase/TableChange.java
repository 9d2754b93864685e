package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import static org.apache.cloudstack.framework.dbupgrade.change.Phase.CONTRACT;
import static org.apache.cloudstack.framework.dbupgrade.change.Phase.EXPAND;

import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;

/** Changes of tables as a whole, and of databases. */
public enum TableChange implements Change {
    /** A new table. */
    CREATE(Row.of(
            "create a table",
            EXPAND,
            "older nodes do not know it",
            AlgorithmByServer.PLAIN,
            Manual.CREATE_TABLE,
            "CREATE TABLE host (id INT NOT NULL PRIMARY KEY) ENGINE=InnoDB")),
    /** A new table of the same shape as another. */
    CREATE_LIKE(Row.of(
            "create a table like another",
            EXPAND,
            "older nodes do not know it",
            AlgorithmByServer.PLAIN,
            Manual.CREATE_TABLE,
            "CREATE TABLE vm_copy LIKE vm")),
    /** A new table from a query. */
    CREATE_AS_SELECT(Row.of(
            "create a table from a query",
            EXPAND,
            "older nodes do not know it; the rows that are read stay locked meanwhile",
            AlgorithmByServer.PLAIN,
            Manual.CREATE_TABLE,
            "CREATE TABLE vm_copy AS SELECT id, name FROM vm")),
    /** A table goes. */
    DROP_TABLE(Row.of(
            "drop a table",
            CONTRACT,
            "statements of older nodes that name it fail",
            AlgorithmByServer.PLAIN,
            Manual.DROP_TABLE,
            "DROP TABLE vm")),
    /** Another name for a table. */
    RENAME_TABLE(Row.of(
            "rename a table",
            CONTRACT,
            "statements of older nodes that use the old name fail",
            AlgorithmByServer.PLAIN,
            Manual.RENAME_TABLE,
            "RENAME TABLE vm TO machine")),
    /** All rows go. */
    TRUNCATE(Row.of(
            "empty a table (TRUNCATE)",
            CONTRACT,
            "rows that older nodes may use are gone",
            AlgorithmByServer.PLAIN,
            Manual.TRUNCATE,
            "TRUNCATE TABLE vm")),
    /** Another engine than InnoDB. */
    CHANGE_ENGINE(Row.of(
            "change the engine of a table",
            CONTRACT,
            "transactions, foreign keys and locks of older nodes work otherwise, or not at all",
            AlgorithmByServer.COPY,
            Manual.TABLES,
            "ALTER TABLE vm ENGINE=MyISAM")),
    /** InnoDB instead of another engine. */
    ENGINE_TO_INNODB(Row.of(
                    "change the engine of a table to InnoDB",
                    EXPAND,
                    "older nodes get transactions in addition",
                    AlgorithmByServer.COPY,
                    Manual.TABLES,
                    "ALTER TABLE old ENGINE=InnoDB")
            .given("CREATE TABLE old (id INT NOT NULL PRIMARY KEY) ENGINE=MyISAM", "INSERT INTO old VALUES (1), (2)")),
    /** The same table, rewritten. */
    REBUILD(Row.of(
            "rebuild a table (ENGINE=InnoDB as it is, FORCE, OPTIMIZE)",
            EXPAND,
            "no statement notices",
            AlgorithmByServer.REBUILD,
            Manual.TABLES,
            "ALTER TABLE vm ENGINE=InnoDB")),
    /** Another format of rows. */
    ROW_FORMAT(Row.of(
            "change the format of rows",
            EXPAND,
            "no statement notices",
            AlgorithmByServer.REBUILD,
            Manual.TABLES,
            "ALTER TABLE vm ROW_FORMAT=COMPACT")),
    /** Another character set for columns to come. */
    DEFAULT_CHARSET(Row.of(
            "change the default character set of a table",
            EXPAND,
            "the columns that are there stay as they are",
            AlgorithmByServer.IN_PLACE_OR_INSTANT,
            Manual.TABLES,
            "ALTER TABLE vm DEFAULT CHARACTER SET latin1")),
    /** All text in a character set that has all characters. */
    CONVERT_WIDER(Row.of(
                    "convert a table to utf8mb4",
                    EXPAND,
                    "what older nodes write can be stored",
                    AlgorithmByServer.COPY,
                    Manual.TABLES,
                    "ALTER TABLE text_of_old CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
            .given(
                    "CREATE TABLE text_of_old (id INT NOT NULL PRIMARY KEY, name VARCHAR(40), KEY (name)) ENGINE=InnoDB DEFAULT CHARSET=latin1",
                    "INSERT INTO text_of_old VALUES (1, 'a')")),
    /** All text in a character set that has all characters, compared in another way. */
    CONVERT_COMPARED(Row.of(
                    "convert a table to a collation that compares text in another way",
                    CONTRACT,
                    "the same rows compare, sort and count as doubles in another way",
                    AlgorithmByServer.COPY,
                    Manual.TABLES,
                    "ALTER TABLE text_of_old CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
            .given(
                    "CREATE TABLE text_of_old (id INT NOT NULL PRIMARY KEY, name VARCHAR(40), KEY (name)) ENGINE=InnoDB DEFAULT CHARSET=latin1",
                    "INSERT INTO text_of_old VALUES (1, 'a')")),
    /** All text in any other character set. */
    CONVERT(Row.of(
            "convert a table to any other character set",
            CONTRACT,
            "characters that older nodes write are refused",
            AlgorithmByServer.COPY,
            Manual.TABLES,
            "ALTER TABLE vm CONVERT TO CHARACTER SET latin1")),
    /** The number that is counted from. */
    NEXT_NUMBER(Row.of(
                    "set the next number of a column that is counted up",
                    EXPAND,
                    "the next rows get higher numbers",
                    AlgorithmByServer.IN_PLACE_OR_INSTANT,
                    Manual.TABLES,
                    "ALTER TABLE job AUTO_INCREMENT=1000")
            .given(
                    "CREATE TABLE job (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, cpu INT) ENGINE=InnoDB",
                    "INSERT INTO job (cpu) VALUES (1), (2)")),
    /** Any other option. */
    OPTION(Row.of(
            "change the comment of a table, or how its statistics are made",
            EXPAND,
            "no statement notices",
            AlgorithmByServer.IN_PLACE_OR_INSTANT,
            Manual.TABLES,
            "ALTER TABLE vm COMMENT='machines'")),
    /** Rows in partitions. */
    PARTITION_BY(Row.of(
                    "divide a table into partitions",
                    EXPAND,
                    "no statement notices but by its speed",
                    AlgorithmByServer.COPY,
                    Manual.PARTITIONS,
                    "ALTER TABLE plain PARTITION BY HASH (id) PARTITIONS 3")
            .given(
                    "CREATE TABLE plain (id INT NOT NULL PRIMARY KEY) ENGINE=InnoDB",
                    "INSERT INTO plain VALUES (1), (2)")),
    /** No partitions any more. */
    REMOVE_PARTITIONING(Row.of(
                    "take the partitions of a table back",
                    EXPAND,
                    "no statement notices but by its speed",
                    AlgorithmByServer.COPY,
                    Manual.PARTITIONS,
                    "ALTER TABLE event REMOVE PARTITIONING")
            .given(
                    "CREATE TABLE event (id INT NOT NULL PRIMARY KEY, cpu INT) ENGINE=InnoDB PARTITION BY HASH (id) PARTITIONS 3",
                    "INSERT INTO event VALUES (1, 1), (2, 1)")),
    /** One more partition. */
    ADD_PARTITION(Row.of(
                    "add a partition after the others",
                    EXPAND,
                    "rows that were refused find a place",
                    AlgorithmByServer.of(AlterAlgorithm.IN_PLACE, AlterAlgorithm.PLAIN, AlterAlgorithm.PLAIN),
                    Manual.PARTITIONS,
                    "ALTER TABLE event ADD PARTITION (PARTITION p2 VALUES LESS THAN (30))")
            .given(
                    "CREATE TABLE event (id INT NOT NULL PRIMARY KEY, cpu INT) ENGINE=InnoDB PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))",
                    "INSERT INTO event VALUES (1, 1), (11, 1)")),
    /** Other partitions for the same rows. */
    REORGANIZE_PARTITION(Row.of(
                    "reorganize partitions, or have fewer of them",
                    EXPAND,
                    "no statement notices but by its speed",
                    AlgorithmByServer.of(AlterAlgorithm.REBUILD_READ_ONLY, AlterAlgorithm.PLAIN, AlterAlgorithm.PLAIN),
                    Manual.PARTITIONS,
                    "ALTER TABLE event REORGANIZE PARTITION p1 INTO (PARTITION p1 VALUES LESS THAN (15), PARTITION p2 VALUES LESS THAN (20))")
            .given(
                    "CREATE TABLE event (id INT NOT NULL PRIMARY KEY, cpu INT) ENGINE=InnoDB PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))",
                    "INSERT INTO event VALUES (1, 1), (11, 1)")),
    /** A partition goes, with its rows. */
    DROP_PARTITION(Row.of(
                    "drop, empty or exchange a partition",
                    CONTRACT,
                    "rows that older nodes may use are gone",
                    AlgorithmByServer.of(AlterAlgorithm.IN_PLACE, AlterAlgorithm.PLAIN, AlterAlgorithm.PLAIN),
                    Manual.PARTITIONS,
                    "ALTER TABLE event DROP PARTITION p0")
            .given(
                    "CREATE TABLE event (id INT NOT NULL PRIMARY KEY, cpu INT) ENGINE=InnoDB PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))",
                    "INSERT INTO event VALUES (1, 1), (11, 1)")),
    /** A new database. */
    CREATE_DATABASE(Row.of(
            "create a database",
            EXPAND,
            "older nodes do not know it",
            AlgorithmByServer.PLAIN,
            Manual.DATABASES,
            "CREATE DATABASE IF NOT EXISTS cloud_usage")),
    /** Other defaults of a database. */
    ALTER_DATABASE(Row.of(
            "change the defaults of a database",
            EXPAND,
            "the tables that are there stay as they are",
            AlgorithmByServer.PLAIN,
            Manual.DATABASES,
            "ALTER DATABASE cloud CHARACTER SET latin1")),
    /** A database goes. */
    DROP_DATABASE(Row.of(
                    "drop a database",
                    CONTRACT,
                    "statements of older nodes that name it fail",
                    AlgorithmByServer.PLAIN,
                    Manual.DATABASES,
                    "DROP DATABASE cloud_usage")
            .given("CREATE DATABASE IF NOT EXISTS cloud_usage"));

    private final Row row;

    TableChange(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
