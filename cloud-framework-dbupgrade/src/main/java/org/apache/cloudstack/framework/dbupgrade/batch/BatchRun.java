package org.apache.cloudstack.framework.dbupgrade.batch;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Retries;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.RetryPolicy;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ServerMessage;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.PresentPrograms;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;

/** One run of a batched migration, from the start of the table or from where another one was interrupted. */
final class BatchRun {

    static final String CHECKPOINT = "walked";

    private static final String UNIT = "row";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** A batch that waits holds rows that others wait for; and the estimate should be of today. MariaDB skips the comment. */
    private static final String SESSION =
            "SET SESSION innodb_lock_wait_timeout = 2 /*!80000 , information_schema_stats_expiry = 0 */";

    private final Batches batches;
    private final MigrationContext context;
    private final Connection connection;
    private Place place;
    private BatchSize size;
    private long count;
    private Duration longest = Duration.ZERO;

    BatchRun(Batches batches, MigrationContext context) {
        this.batches = batches;
        this.context = context;
        this.connection = context.connection();
        this.place = context.checkpointed(CHECKPOINT).map(Place::parse).orElse(Place.BEGIN);
        this.size = BatchSize.first(batches.target());
    }

    void run() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SESSION);
        }
        refuseRowsThatStay();
        KeyWalk walk = KeyWalk.of(connection, batches.rows());
        long estimate = walk.estimate();
        long before = place.rows();
        while (walkNext(walk)) {
            context.progress(UNIT, place.rows(), Math.max(estimate, place.rows() + size.rows()));
        }
        context.progress(UNIT, place.rows(), place.rows());
        context.note("walked " + (place.rows() - before) + " rows of "
                + batches.rows().table() + " in " + count + " batches, of which the longest took " + longest.toMillis()
                + " ms");
    }

    /** A batch that is interrupted runs again, which only a rollback makes harmless. */
    private void refuseRowsThatStay() throws SQLException {
        if (batches.mayRunTwice()) {
            return;
        }
        SqlStatement statement = new SqlStatement(1, 1, batches.statement());
        List<String> kept = PresentPrograms.read(connection)
                .keptBy(new StatementAnalyzer()
                        .analyze(List.of(statement), connection.getCatalog())
                        .get(0));
        if (!kept.isEmpty()) {
            throw new IllegalArgumentException("Its batches change " + String.join("; ", kept)
                    + ": a table without transactions, where a batch that is interrupted cannot be taken back and would"
                    + " change its rows twice. Let the table be one of InnoDB first, or declare by repeatable() that a batch"
                    + " may run twice. Nothing was changed");
        }
    }

    /** Walks one batch; false when it was the last one. */
    private boolean walkNext(KeyWalk walk) throws Exception {
        RetryPolicy policy = new RetryPolicy(batches.timeout(), FIRST_PAUSE, LONGEST_PAUSE);
        Retries retries = new Retries(policy, InstantSource.system());
        while (true) {
            try {
                return tryNext(walk);
            } catch (Exception e) {
                Optional<Duration> pause = isLockedOut(e) ? retries.pauseAfterFailure() : Optional.empty();
                if (pause.isEmpty()) {
                    throw e;
                }
                connection.rollback();
                size = size.smaller();
                context.waiting(
                        "others hold rows of the next batch, which is tried again with " + size.rows() + " rows");
                retries.pause(pause.get());
            }
        }
    }

    private boolean tryNext(KeyWalk walk) throws Exception {
        int wanted = size.rows();
        Optional<KeyWalk.Batch> batch = walk.next(place, wanted);
        if (batch.isEmpty()) {
            return false;
        }
        long begin = System.nanoTime();
        batches.work().on(connection, batch.get().keys());
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        Place reached = place.behind(batch.get());
        context.checkpoint(CHECKPOINT, reached.text());
        place = reached;
        size = size.after(taken);
        count++;
        longest = taken.compareTo(longest) > 0 ? taken : longest;
        return batch.get().rows() == wanted;
    }

    private static boolean isLockedOut(Exception failure) {
        SQLException error = ServerMessage.behind(failure);
        return error != null && ServerErrors.isTransient(error);
    }
}
