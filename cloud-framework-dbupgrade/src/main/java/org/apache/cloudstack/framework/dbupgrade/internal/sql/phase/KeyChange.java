package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import static org.apache.cloudstack.framework.dbupgrade.change.Phase.CONTRACT;
import static org.apache.cloudstack.framework.dbupgrade.change.Phase.EXPAND;

import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;

/** Changes of indexes and constraints. */
public enum KeyChange implements Change {
    /** An index. */
    ADD_INDEX(Row.of(
            "add an index",
            EXPAND,
            "no statement notices but by its speed",
            AlgorithmByServer.IN_PLACE,
            Manual.INDEXES,
            "ALTER TABLE vm ADD INDEX i_vm__owner (owner_id)")),
    /** A unique index. */
    ADD_UNIQUE(Row.of(
            "add a unique index",
            CONTRACT,
            "doubles of older nodes are refused",
            AlgorithmByServer.IN_PLACE,
            Manual.INDEXES,
            "ALTER TABLE vm ADD UNIQUE INDEX uk_vm__zone (zone)")),
    /** A unique index that can refuse nothing. */
    ADD_IMPLIED_UNIQUE(Row.of(
            "add a unique index that contains the columns of another",
            EXPAND,
            "it can refuse nothing that the other would not",
            AlgorithmByServer.IN_PLACE,
            Manual.INDEXES,
            "ALTER TABLE vm ADD UNIQUE INDEX uk_vm__id_cpu (id, cpu)")),
    /** A primary key for a table that has none. */
    ADD_PRIMARY(Row.of(
                    "add a primary key",
                    CONTRACT,
                    "doubles and nulls of older nodes are refused",
                    AlgorithmByServer.REBUILD,
                    Manual.PRIMARY_KEY,
                    "ALTER TABLE heap ADD PRIMARY KEY (id)")
            .given(
                    "CREATE TABLE heap (id INT NOT NULL, cpu INT) ENGINE=InnoDB",
                    "INSERT INTO heap VALUES (1, 1), (2, 1)")),
    /** Another primary key. */
    REPLACE_PRIMARY(Row.of(
            "replace the primary key",
            CONTRACT,
            "other rows than before are refused as doubles",
            AlgorithmByServer.REBUILD,
            Manual.PRIMARY_KEY,
            "ALTER TABLE vm DROP PRIMARY KEY, ADD PRIMARY KEY (serial)")),
    /** No primary key any more. */
    DROP_PRIMARY(Row.of(
                    "drop the primary key",
                    CONTRACT,
                    "doubles of older nodes are not refused any more",
                    AlgorithmByServer.COPY,
                    Manual.PRIMARY_KEY,
                    "ALTER TABLE heap DROP PRIMARY KEY")
            .given(
                    "CREATE TABLE heap (id INT NOT NULL PRIMARY KEY, cpu INT) ENGINE=InnoDB",
                    "INSERT INTO heap VALUES (1, 1), (2, 1)")),
    /** The first full-text index of a table. */
    ADD_FIRST_FULLTEXT(Row.of(
            "add a full-text index, the first of its table",
            EXPAND,
            "no statement notices but by its speed",
            AlgorithmByServer.REBUILD_READ_ONLY,
            Manual.INDEXES,
            "ALTER TABLE vm ADD FULLTEXT INDEX ft_vm__name (name)")),
    /** One more full-text index. */
    ADD_FULLTEXT(Row.of(
                    "add a further full-text index",
                    EXPAND,
                    "no statement notices but by its speed",
                    AlgorithmByServer.everywhere(AlterAlgorithm.IN_PLACE_READ_ONLY),
                    Manual.INDEXES,
                    "ALTER TABLE vm ADD FULLTEXT INDEX ft_vm__zone (zone)")
            .given("ALTER TABLE vm ADD FULLTEXT INDEX ft_vm__name (name)")),
    /** A spatial index. */
    ADD_SPATIAL(Row.of(
                    "add a spatial index",
                    EXPAND,
                    "no statement notices but by its speed",
                    AlgorithmByServer.everywhere(AlterAlgorithm.IN_PLACE_READ_ONLY),
                    Manual.INDEXES,
                    "ALTER TABLE place ADD SPATIAL INDEX sp_place__spot (spot)")
            .given(
                    "CREATE TABLE place (id INT NOT NULL PRIMARY KEY, spot POINT NOT NULL) ENGINE=InnoDB",
                    "INSERT INTO place VALUES (1, ST_GeomFromText('POINT(1 1)'))")),
    /** An index on an expression. */
    ADD_FUNCTIONAL(Row.of(
            "add an index on an expression",
            EXPAND,
            "no statement notices but by its speed",
            AlgorithmByServer.of(AlterAlgorithm.IN_PLACE_READ_ONLY, AlterAlgorithm.NOT_THERE, AlterAlgorithm.NOT_THERE),
            Manual.INDEXES,
            "ALTER TABLE vm ADD INDEX i_vm__twice ((cpu * 2))")),
    /** An index goes that forbids nothing. */
    DROP_INDEX(Row.of(
            "drop an index that is not unique",
            EXPAND,
            "statements get slower, and fail only where they force the index by a hint",
            AlgorithmByServer.IN_PLACE,
            Manual.INDEXES,
            "ALTER TABLE vm DROP INDEX i_vm__cpu")),
    /** A unique index goes. */
    DROP_UNIQUE(Row.of(
            "drop a unique index",
            CONTRACT,
            "doubles that older nodes count on being refused come in",
            AlgorithmByServer.IN_PLACE,
            Manual.INDEXES,
            "ALTER TABLE vm DROP INDEX uk_vm__serial")),
    /** A full-text index goes. */
    DROP_FULLTEXT(Row.of(
                    "drop a full-text index",
                    CONTRACT,
                    "searches of older nodes by MATCH fail",
                    AlgorithmByServer.IN_PLACE,
                    Manual.INDEXES,
                    "ALTER TABLE vm DROP INDEX ft_vm__name")
            .given("ALTER TABLE vm ADD FULLTEXT INDEX ft_vm__name (name)")),
    /** Another name for an index. */
    RENAME_INDEX(Row.of(
            "rename an index",
            EXPAND,
            "statements fail only where they force the index by a hint",
            AlgorithmByServer.IN_PLACE_OR_INSTANT,
            Manual.INDEXES,
            "ALTER TABLE vm RENAME INDEX i_vm__cpu TO i_vm__cpus")),
    /** A foreign key that every row is checked against. */
    ADD_FOREIGN_KEY(Row.of(
                    "add a foreign key, with foreign_key_checks on",
                    CONTRACT,
                    "rows of older nodes that refer to nothing are refused",
                    AlgorithmByServer.COPY,
                    Manual.FOREIGN_KEYS,
                    "ALTER TABLE vm ADD CONSTRAINT fk_vm__owner FOREIGN KEY (owner_id) REFERENCES owner (id)")
            .given("CREATE TABLE owner (id INT NOT NULL PRIMARY KEY) ENGINE=InnoDB", "INSERT INTO owner VALUES (1)")),
    /** A foreign key that only new rows are checked against. */
    ADD_FOREIGN_KEY_UNCHECKED(Row.of(
                    "add a foreign key, with foreign_key_checks off",
                    CONTRACT,
                    "rows of older nodes that refer to nothing are refused",
                    AlgorithmByServer.IN_PLACE,
                    Manual.FOREIGN_KEYS,
                    "SET foreign_key_checks = 0",
                    "ALTER TABLE vm ADD CONSTRAINT fk_vm__owner FOREIGN KEY (owner_id) REFERENCES owner (id)")
            .given("CREATE TABLE owner (id INT NOT NULL PRIMARY KEY) ENGINE=InnoDB", "INSERT INTO owner VALUES (1)")),
    /** A foreign key goes that only refuses. */
    DROP_FOREIGN_KEY(Row.of(
                    "drop a foreign key",
                    EXPAND,
                    "nothing is refused that was not refused before",
                    AlgorithmByServer.IN_PLACE_OR_INSTANT,
                    Manual.FOREIGN_KEYS,
                    "ALTER TABLE vm DROP FOREIGN KEY fk_vm__owner")
            .given(
                    "CREATE TABLE owner (id INT NOT NULL PRIMARY KEY) ENGINE=InnoDB",
                    "INSERT INTO owner VALUES (1)",
                    "ALTER TABLE vm ADD CONSTRAINT fk_vm__owner FOREIGN KEY (owner_id) REFERENCES owner (id)")),
    /** A foreign key goes that changes or deletes rows. */
    DROP_CASCADE(
            Row.of(
                            "drop a foreign key that deletes or changes rows (ON DELETE, ON UPDATE)",
                            CONTRACT,
                            "older nodes leave rows behind that the server took with it",
                            AlgorithmByServer.IN_PLACE_OR_INSTANT,
                            Manual.FOREIGN_KEYS,
                            "ALTER TABLE vm DROP FOREIGN KEY fk_vm__owner")
                    .given(
                            "CREATE TABLE owner (id INT NOT NULL PRIMARY KEY) ENGINE=InnoDB",
                            "INSERT INTO owner VALUES (1)",
                            "ALTER TABLE vm ADD CONSTRAINT fk_vm__owner FOREIGN KEY (owner_id) REFERENCES owner (id) ON DELETE CASCADE")),
    /** A condition on rows. */
    ADD_CHECK(Row.of(
            "add a check",
            CONTRACT,
            "rows of older nodes that break it are refused",
            AlgorithmByServer.COPY,
            Manual.CHECKS,
            "ALTER TABLE vm ADD CONSTRAINT ck_vm__cpu CHECK (cpu > 0)")),
    /** A condition goes. */
    DROP_CHECK(Row.of(
                    "drop a check",
                    EXPAND,
                    "nothing is refused that was not refused before",
                    AlgorithmByServer.INSTANT.before8029(AlterAlgorithm.IN_PLACE),
                    Manual.CHECKS,
                    "ALTER TABLE vm DROP CONSTRAINT ck_vm__cpu")
            .given("ALTER TABLE vm ADD CONSTRAINT ck_vm__cpu CHECK (cpu > 0)"));

    private final Row row;

    KeyChange(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
