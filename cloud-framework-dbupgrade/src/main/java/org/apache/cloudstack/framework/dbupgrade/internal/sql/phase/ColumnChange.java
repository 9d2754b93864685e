package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import static org.apache.cloudstack.framework.dbupgrade.change.Phase.CONTRACT;
import static org.apache.cloudstack.framework.dbupgrade.change.Phase.EXPAND;

import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;

/** Changes of which columns a table has, and of what they are apart from their type. */
public enum ColumnChange implements Change {
    /** A new column that may be null, after the others. */
    ADD_LAST(Row.of(
            "add a column that may be null, last",
            EXPAND,
            "older nodes leave it out of what they write",
            AlgorithmByServer.INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm ADD COLUMN note VARCHAR(40) NULL")),
    /** A new column among the others. */
    ADD_ELSEWHERE(Row.of(
            "add a column that may be null, first or in the middle",
            EXPAND,
            "older nodes leave it out; only those that write rows without naming columns notice",
            AlgorithmByServer.INSTANT.before8029(AlterAlgorithm.REBUILD),
            Manual.COLUMNS,
            "ALTER TABLE vm ADD COLUMN note VARCHAR(40) NULL AFTER name")),
    /** A new column with a constant default. */
    ADD_DEFAULTED(Row.of(
            "add a column with a default",
            EXPAND,
            "rows of older nodes get the default",
            AlgorithmByServer.INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm ADD COLUMN note VARCHAR(40) NOT NULL DEFAULT 'none'")),
    /** A new column whose default is computed for each row. */
    ADD_COMPUTED(Row.of(
            "add a column with a default that is computed",
            EXPAND,
            "rows of older nodes get what the server computes",
            AlgorithmByServer.COPY,
            Manual.COLUMNS,
            "ALTER TABLE vm ADD COLUMN note VARCHAR(80) NOT NULL DEFAULT (CONCAT(name, '-', id))")),
    /** A new column that every row must name. */
    ADD_REQUIRED(Row.of(
            "add a column that must be given, without a default",
            CONTRACT,
            "a strict server refuses each row that an older node adds without it",
            AlgorithmByServer.INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm ADD COLUMN note VARCHAR(40) NOT NULL")),
    /** A new column that the server counts up. */
    ADD_COUNTED(Row.of(
            "add a column that the server counts up",
            EXPAND,
            "rows of older nodes get the next number",
            AlgorithmByServer.REBUILD_READ_ONLY,
            Manual.COLUMNS,
            "ALTER TABLE vm ADD COLUMN number BIGINT NOT NULL AUTO_INCREMENT, ADD KEY i_vm__number (number)")),
    /** A new column that is computed when it is read. */
    ADD_VIRTUAL(Row.of(
            "add a generated column, virtual",
            EXPAND,
            "the server computes it; older nodes do not name it",
            AlgorithmByServer.INSTANT,
            Manual.GENERATED_COLUMNS,
            "ALTER TABLE vm ADD COLUMN twice INT GENERATED ALWAYS AS (cpu * 2) VIRTUAL")),
    /** A new column that is computed when it is written. */
    ADD_STORED(Row.of(
            "add a generated column, stored",
            EXPAND,
            "the server computes it; older nodes do not name it",
            AlgorithmByServer.COPY,
            Manual.GENERATED_COLUMNS,
            "ALTER TABLE vm ADD COLUMN twice INT GENERATED ALWAYS AS (cpu * 2) STORED")),
    /** A column goes. */
    DROP(Row.of(
            "drop a column that has no index",
            CONTRACT,
            "statements of older nodes that name it fail",
            AlgorithmByServer.INSTANT.before8029(AlterAlgorithm.REBUILD),
            Manual.COLUMNS,
            "ALTER TABLE vm DROP COLUMN zone")),
    /** A column goes, with its index. */
    DROP_INDEXED(Row.of(
            "drop a column that has an index",
            CONTRACT,
            "statements of older nodes that name it fail",
            AlgorithmByServer.of(AlterAlgorithm.REBUILD, AlterAlgorithm.IN_PLACE, AlterAlgorithm.IN_PLACE),
            Manual.COLUMNS,
            "ALTER TABLE vm DROP COLUMN cpu")),
    /** A generated column that is not stored goes. */
    DROP_VIRTUAL(Row.of(
                    "drop a generated column, virtual",
                    CONTRACT,
                    "queries of older nodes that name it fail",
                    AlgorithmByServer.INSTANT,
                    Manual.GENERATED_COLUMNS,
                    "ALTER TABLE vm DROP COLUMN twice")
            .given("ALTER TABLE vm ADD COLUMN twice INT GENERATED ALWAYS AS (cpu * 2) VIRTUAL")),
    /** A column gets another name. */
    RENAME(Row.of(
            "rename a column",
            CONTRACT,
            "statements of older nodes that use the old name fail",
            AlgorithmByServer.INSTANT.before8029(AlterAlgorithm.IN_PLACE),
            Manual.COLUMNS,
            "ALTER TABLE vm RENAME COLUMN zone TO area")),
    /** Another default. */
    SET_DEFAULT(Row.of(
            "change a default, or give one to a column that may be null",
            CONTRACT,
            "rows of older nodes that leave the column out get a value they do not expect",
            AlgorithmByServer.INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm ALTER COLUMN cpu SET DEFAULT 2")),
    /** A default for a column that had to be given. */
    GIVE_DEFAULT(Row.of(
            "give a default to a column that had to be given",
            EXPAND,
            "older nodes name the column, since they had to",
            AlgorithmByServer.INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm ALTER COLUMN serial SET DEFAULT 0")),
    /** A default goes. */
    DROP_DEFAULT(Row.of(
            "drop a default",
            CONTRACT,
            "rows of older nodes that leave the column out are refused, or get another value",
            AlgorithmByServer.INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm ALTER COLUMN cpu DROP DEFAULT")),
    /** Another value when a row is changed. */
    CHANGE_ON_UPDATE(Row.of(
            "change what a column becomes when its row is changed",
            CONTRACT,
            "rows that older nodes change get a value they do not expect",
            AlgorithmByServer.INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN created DATETIME NULL ON UPDATE CURRENT_TIMESTAMP")),
    /** NOT NULL. */
    FORBID_NULL(Row.of(
            "forbid NULL in a column",
            CONTRACT,
            "rows of older nodes that leave it out, or write NULL, are refused",
            AlgorithmByServer.REBUILD,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN owner_id INT NOT NULL")),
    /** NULL where it was forbidden. */
    ALLOW_NULL(Row.of(
            "allow NULL in a column",
            EXPAND,
            "older nodes go on writing; newer ones must write no NULL before the older ones are gone",
            AlgorithmByServer.REBUILD,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN power ENUM('on','off') NULL DEFAULT 'on'")),
    /** Another place among the columns. */
    MOVE(Row.of(
            "move a column",
            EXPAND,
            "applications that name their columns do not notice",
            AlgorithmByServer.REBUILD_OR_INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN zone VARCHAR(20) NULL AFTER id")),
    /** Another comment, or nothing. */
    COMMENT(Row.of(
            "change the comment of a column, or define it as it is",
            EXPAND,
            "no statement notices",
            AlgorithmByServer.INSTANT,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN zone VARCHAR(20) NULL COMMENT 'where it runs'")),
    /** A column that the server starts to count up. */
    START_COUNTING(Row.of(
            "let the server count a column up",
            EXPAND,
            "older nodes go on giving their own values",
            AlgorithmByServer.COPY,
            Manual.COLUMNS,
            "ALTER TABLE vm MODIFY COLUMN id INT NOT NULL AUTO_INCREMENT")),
    /** A column that the server does not count up any more. */
    STOP_COUNTING(Row.of(
                    "let the server count a column up no more",
                    CONTRACT,
                    "rows of older nodes that leave it out are refused",
                    AlgorithmByServer.COPY_OR_INSTANT,
                    Manual.COLUMNS,
                    "ALTER TABLE job MODIFY COLUMN id INT NOT NULL")
            .given(
                    "CREATE TABLE job (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, cpu INT) ENGINE=InnoDB",
                    "INSERT INTO job (cpu) VALUES (1), (2)")),
    /** Another expression, or a column that becomes generated or ceases to be. */
    CHANGE_EXPRESSION(Row.of(
                    "change the expression of a generated column",
                    CONTRACT,
                    "older nodes read other values, or cannot write the column",
                    AlgorithmByServer.COPY,
                    Manual.GENERATED_COLUMNS,
                    "ALTER TABLE vm MODIFY COLUMN twice INT GENERATED ALWAYS AS (cpu * 3) STORED")
            .given("ALTER TABLE vm ADD COLUMN twice INT GENERATED ALWAYS AS (cpu * 2) STORED"));

    private final Row row;

    ColumnChange(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
