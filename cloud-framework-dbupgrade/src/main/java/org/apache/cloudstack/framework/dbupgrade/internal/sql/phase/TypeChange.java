package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import static org.apache.cloudstack.framework.dbupgrade.change.Phase.CONTRACT;
import static org.apache.cloudstack.framework.dbupgrade.change.Phase.EXPAND;

import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;

/** Changes of the type of a column. */
public enum TypeChange implements Change {
    /** A longer VARCHAR whose length still takes as many bytes. */
    WIDEN_VARCHAR(Row.of(
            "make a VARCHAR longer, on one side of 255 bytes",
            EXPAND,
            "what older nodes write fits; newer ones must write nothing longer before the older ones are gone, where those have no space for it",
            AlgorithmByServer.IN_PLACE_OR_INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN name VARCHAR(60) NOT NULL DEFAULT 'x'")),
    /** A longer VARCHAR, from at most 127 bytes to more than 255. */
    WIDEN_SHORT_VARCHAR(Row.of(
            "make a VARCHAR longer, from at most 127 bytes to more than 255",
            EXPAND,
            "what older nodes write fits",
            AlgorithmByServer.COPY_OR_INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN zone VARCHAR(100) NULL")),
    /** A longer VARCHAR, from 128 to 255 bytes to more than 255. */
    WIDEN_VARCHAR_PAST_255(Row.of(
            "make a VARCHAR longer, from 128 to 255 bytes to more than 255",
            EXPAND,
            "what older nodes write fits",
            AlgorithmByServer.COPY,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN name VARCHAR(100) NOT NULL DEFAULT 'x'")),
    /** A wider number. */
    WIDEN_NUMBER(Row.of(
            "widen a number",
            EXPAND,
            "what older nodes write fits; they cannot read a number that is too large for them",
            AlgorithmByServer.COPY,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN cpu BIGINT NOT NULL DEFAULT 1")),
    /** Any other type that holds all values of the old one. */
    WIDEN_TYPE(Row.of(
            "change to a larger type of the same kind, such as TEXT for VARCHAR",
            EXPAND,
            "what older nodes write fits",
            AlgorithmByServer.COPY,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN zone TEXT NULL")),
    /** A type that does not hold all values of the old one. */
    NARROW(Row.of(
            "make a type narrower, or change its sign",
            CONTRACT,
            "values of older nodes are refused",
            AlgorithmByServer.COPY,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN cpu SMALLINT NOT NULL DEFAULT 1")),
    /** A type of another kind. */
    CHANGE_TYPE(Row.of(
            "change to a type of another kind",
            CONTRACT,
            "older nodes read and write values of another kind",
            AlgorithmByServer.COPY,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN cpu VARCHAR(20) NOT NULL DEFAULT '1'")),
    /** More values at the end of an ENUM or SET. */
    APPEND_VALUE(Row.of(
            "add values at the end of an ENUM or SET",
            EXPAND,
            "older nodes go on writing the values they know; newer ones must not write the new ones before the older ones are gone, where those fail on them",
            AlgorithmByServer.INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN power ENUM('on','off','unknown') NOT NULL DEFAULT 'on'")),
    /** So many values that each takes more bytes. */
    GROW_VALUES(Row.of(
                    "add values at the end of an ENUM past 255, or of a SET past 8, 16, 24 or 32",
                    EXPAND,
                    "older nodes go on writing the values they know",
                    AlgorithmByServer.COPY,
                    Manual.COLUMNS,
                    "ALTER TABLE vm MODIFY COLUMN tags SET('a','b','c','d','e','f','g','h','i') NULL")
            .given("ALTER TABLE vm ADD COLUMN tags SET('a','b','c','d','e','f','g','h') NULL")),
    /** Values in another order. */
    REORDER_VALUES(Row.of(
            "put values of an ENUM or SET into another order, or new ones between",
            CONTRACT,
            "the words stay, but rows sort and compare in another order",
            AlgorithmByServer.COPY,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN power ENUM('on','unknown','off') NOT NULL DEFAULT 'on'")),
    /** Fewer values. */
    REMOVE_VALUE(Row.of(
            "take a value from an ENUM or SET",
            CONTRACT,
            "rows of older nodes with that value are refused",
            AlgorithmByServer.COPY,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN power ENUM('on') NOT NULL DEFAULT 'on'")),
    /** All of Unicode instead of a part of it, stored alike. */
    WIDEN_CHARSET(Row.of(
            "change the character set of a column without index from utf8mb3 to utf8mb4",
            EXPAND,
            "what older nodes write can be stored",
            AlgorithmByServer.IN_PLACE_OR_INSTANT.before8029(AlterAlgorithm.COPY),
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN label VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NULL")),
    /** Any other character set that has all characters of the old one. */
    WIDEN_OTHER_CHARSET(Row.of(
                    "change the character set of a column to a larger one that keeps text otherwise, such as utf8mb4 for latin1",
                    EXPAND,
                    "what older nodes write can be stored",
                    AlgorithmByServer.COPY,
                    Manual.COLUMNS,
                    "ALTER TABLE vm MODIFY COLUMN code VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NULL")
            .given("ALTER TABLE vm ADD COLUMN code VARCHAR(10) CHARACTER SET latin1 COLLATE latin1_swedish_ci NULL")),
    /** All of Unicode instead of a part of it, in a column with an index. */
    WIDEN_CHARSET_INDEXED(Row.of(
                    "change the character set of a column with an index from utf8mb3 to utf8mb4",
                    EXPAND,
                    "what older nodes write can be stored",
                    AlgorithmByServer.COPY_OR_INSTANT,
                    Manual.COLUMNS,
                    "ALTER TABLE vm MODIFY COLUMN label VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NULL")
            .given("ALTER TABLE vm ADD INDEX i_vm__label (label)")),
    /** Any other character set. */
    CHANGE_CHARSET(Row.of(
            "change the character set of a column to another one",
            CONTRACT,
            "characters that older nodes write are refused",
            AlgorithmByServer.COPY,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN zone VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci NULL")),
    /** Another collation. */
    CHANGE_COLLATION(Row.of(
            "change the collation of a column without index",
            CONTRACT,
            "the same rows compare, sort and count as doubles in another way",
            AlgorithmByServer.IN_PLACE_OR_INSTANT.before8029(AlterAlgorithm.COPY),
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN zone VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL")),
    /** Another collation of a column with an index. */
    CHANGE_COLLATION_INDEXED(Row.of(
                    "change the collation of a column with an index",
                    CONTRACT,
                    "the same rows compare, sort and count as doubles in another way",
                    AlgorithmByServer.of(AlterAlgorithm.COPY, AlterAlgorithm.IN_PLACE, AlterAlgorithm.IN_PLACE),
                    Manual.COLUMNS,
                    "ALTER TABLE vm MODIFY COLUMN zone VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL")
            .given("ALTER TABLE vm ADD INDEX i_vm__zone (zone)"));

    private final Row row;

    TypeChange(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
