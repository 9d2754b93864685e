package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import static org.apache.cloudstack.framework.dbupgrade.change.Phase.MIGRATE;

/** Changes of rows, which leave all definitions. */
public enum RowChange implements Change {
    /** More rows. */
    INSERT(Row.of(
            "add rows",
            MIGRATE,
            "older nodes see more rows",
            AlgorithmByServer.PLAIN,
            Manual.ROWS,
            "INSERT INTO vm (id, serial) VALUES (4, 14)")),
    /** Other values. */
    UPDATE(Row.of(
            "change rows",
            MIGRATE,
            "older nodes see other values, which must be of those they know",
            AlgorithmByServer.PLAIN,
            Manual.ROWS,
            "UPDATE vm SET cpu = 2 WHERE id = 1")),
    /** Fewer rows. */
    DELETE(Row.of(
            "delete rows",
            MIGRATE,
            "older nodes see fewer rows; whether they need them, the author knows",
            AlgorithmByServer.PLAIN,
            Manual.ROWS,
            "DELETE FROM vm WHERE id = 1"));

    private final Row row;

    RowChange(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
