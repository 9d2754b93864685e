package org.apache.cloudstack.framework.dbupgrade.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.StatementKind;

/**
 * What a {@link BatchedMigration} walks, and what it does with each batch.
 *
 * @param rows the rows that are walked
 * @param work what is done with one batch
 * @param target how long the work on one batch should take; the size of the batches follows it. Others may wait that long for
 *     a row of a batch
 * @param timeout how long one batch is tried again and again while others hold its rows
 * @param statement what changes rows; for code, one that changes those that are walked
 * @param mayRunTwice whether a batch may run twice and ends in the same
 */
public record Batches(Rows rows, Work work, Duration target, Duration timeout, String statement, boolean mayRunTwice) {

    private static final Duration TARGET = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    public Batches {
        if (target.toMillis() < 1 || timeout.isNegative()) {
            throw new IllegalArgumentException("A batch takes a millisecond at least, and its timeout is not negative");
        }
    }

    /** What is done with one batch. */
    @FunctionalInterface
    public interface Work {

        /**
         * Changes rows, of tables with transactions unless it is {@link Batches#repeatable}. Done again only after it was rolled
         * back.
         *
         * @param connection the connection of the migration; nothing is committed on it, and no definition sent
         * @param keys the batch
         * @throws Exception any failure; the batch is rolled back
         */
        void on(Connection connection, KeyRange keys) throws Exception;
    }

    /**
     * The rows of a table, walked along a key.
     *
     * @param table the table, of the first database or written as {@code database.table}
     * @param key an integer or text column that is a primary or unique key by itself, and takes no {@code NULL}
     */
    public record Rows(String table, String key) {

        /**
         * Runs a statement on each batch.
         *
         * @param statement an {@code INSERT}, {@code UPDATE}, {@code DELETE} or {@code REPLACE} with two {@code ?}: the first
         *     and the last key of the batch, as in {@code id BETWEEN ? AND ?}
         */
        public Batches run(String statement) {
            if (new SqlStatement(1, 1, statement).kind() != StatementKind.DATA) {
                throw new IllegalArgumentException("A batch is one INSERT, UPDATE, DELETE or REPLACE");
            }
            return new Batches(
                    this, (connection, keys) -> run(connection, statement, keys), TARGET, TIMEOUT, statement, false);
        }

        /**
         * Fills a column from another one, where it is empty: the second half of a rename that was expanded without filling.
         */
        public Batches copy(String from, String to) {
            String source = Identifier.quote(from);
            String target = Identifier.quote(to);
            return run("UPDATE " + quotedTable() + " SET " + target + " = " + source + " WHERE " + target
                            + " IS NULL AND " + source + " IS NOT NULL AND " + Identifier.quote(key)
                            + " BETWEEN ? AND ?")
                    .repeatable();
        }

        /** Calls code for each batch. */
        public Batches each(Work work) {
            String walked = Identifier.quote(key);
            String statement = "UPDATE " + quotedTable() + " SET " + walked + " = " + walked;
            return new Batches(this, work, TARGET, TIMEOUT, statement, false);
        }

        String quotedTable() {
            int point = table.indexOf('.');
            return point < 0
                    ? Identifier.quote(table)
                    : Identifier.quote(table.substring(0, point), table.substring(point + 1));
        }

        private static void run(Connection connection, String statement, KeyRange keys) throws SQLException {
            try (PreparedStatement prepared = connection.prepareStatement(statement)) {
                int places = prepared.getParameterMetaData().getParameterCount();
                if (places != 2) {
                    throw new IllegalArgumentException(
                            "The statement of a batch takes its first and its last key in two ?,"
                                    + " as in id BETWEEN ? AND ?; this one has " + places);
                }
                keys.bind(prepared, 1);
                prepared.executeUpdate();
            }
        }
    }

    /** Starts with the rows; see {@link Rows}. */
    public static Rows of(String table, String key) {
        return new Rows(table, key);
    }

    /** These batches, aiming at another time for each. */
    public Batches taking(Duration target) {
        return new Batches(rows, work, target, timeout, statement, mayRunTwice);
    }

    /**
     * These batches, of which one may run twice and ends in the same. Only such batches may change tables without transactions:
     * what one of them had done when it was interrupted, nothing takes back.
     */
    public Batches repeatable() {
        return new Batches(rows, work, target, timeout, statement, true);
    }

    /** These batches, tried for longer or shorter while others hold their rows. */
    public Batches withTimeout(Duration timeout) {
        return new Batches(rows, work, target, timeout, statement, mayRunTwice);
    }
}
