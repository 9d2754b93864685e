package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One run of a Java migration. What it changed commits together with each checkpoint that it sets, and in the end together
 * with the word DONE.
 */
final class JavaRun {

    private final JournalWriter journal;
    private final Migration migration;
    private final List<String> schemas;
    private final MigrationEnd end;
    private final RunObserver observer;
    private final FailureReport failures;
    private final Throttle makingWay;
    private final Map<String, String> checkpoints;

    JavaRun(
            JournalWriter journal,
            Migration migration,
            Map<String, String> checkpoints,
            List<String> schemas,
            MigrationEnd end,
            RunObserver observer,
            FailureReport failures,
            Throttle makingWay) {
        this.journal = journal;
        this.migration = migration;
        this.checkpoints = new HashMap<>(checkpoints);
        this.schemas = schemas;
        this.end = end;
        this.observer = observer;
        this.failures = failures;
        this.makingWay = makingWay;
    }

    /** Runs it; the journal says RUNNING already. */
    void run(Supplier<JavaMigration> instance) throws SQLException {
        try {
            instance.get().migrate(new Context());
            if (!checkpoints.isEmpty()) {
                journal.forgetMarks(migration);
            }
            end.done(JournalEntry.at(migration, JournalRow.State.DONE, 1, 1, ScriptHash.START));
            journal.commit();
        } catch (LeaseLostException | MigrationCancelledException e) {
            throw e;
        } catch (Exception e) {
            Optional<RuntimeException> failure = failed(e);
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    /** Empty where its last commit was answered by an error, and took effect. */
    private Optional<RuntimeException> failed(Exception cause) {
        SQLException serverError = ServerMessage.behind(cause);
        if (serverError != null && ConnectionLostException.isMeantBy(serverError)) {
            return Optional.of(new ConnectionLostException(serverError));
        }
        StatementEffect left = StatementEffect.LOOKED_UP;
        try {
            Remains remains = journal.rollback(migration, false);
            if (remains.row()
                    .filter(row -> row.state() == JournalRow.State.DONE)
                    .isPresent()) {
                return Optional.empty();
            }
            left = remains.isComplete() ? StatementEffect.NONE : StatementEffect.PART;
            journal.fail(
                    JournalEntry.at(migration, JournalRow.State.FAILED, 0, 1, ScriptHash.START),
                    failures.errorOf(cause));
            journal.commit();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        return Optional.of(failures.ofJava(migration, !checkpoints.isEmpty(), left, cause));
    }

    private final class Context implements MigrationContext {

        private final JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(journal.connection(), true));

        @Override
        public Connection connection() {
            return journal.connection();
        }

        @Override
        public JdbcClient jdbc() {
            return jdbc;
        }

        @Override
        public List<String> schemas() {
            return schemas;
        }

        @Override
        public void progress(String unit, long done, long total) {
            observer.progress(unit, done, total);
        }

        @Override
        public void waiting(String reason) {
            observer.waiting(reason);
        }

        @Override
        public void note(String text) {
            observer.note(text);
        }

        @Override
        public void checkpoint(String key, String value) throws SQLException {
            if (key.isEmpty() || key.length() > KEY_LIMIT || value.length() > VALUE_LIMIT) {
                throw new IllegalArgumentException("A checkpoint has a key of 1 to " + KEY_LIMIT
                        + " characters and a value of up to " + VALUE_LIMIT + ": '" + key + "' with "
                        + value.length());
            }
            journal.mark(migration, key, value);
            journal.commit();
            checkpoints.put(key, value);
            observer.checkpointed();
            makingWay.betweenTransactions(journal.connection(), observer);
        }

        @Override
        public Optional<String> checkpointed(String key) {
            return Optional.ofNullable(checkpoints.get(key));
        }
    }
}
