package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One run of a Java migration: what it changed last and the word DONE commit together. */
final class JavaRun {

    private final Journal journal;
    private final Connection connection;
    private final Routine routine;
    private final List<String> schemas;
    private final RunObserver observer;

    JavaRun(Journal journal, Connection connection, Routine routine, List<String> schemas, RunObserver observer) {
        this.journal = journal;
        this.connection = connection;
        this.routine = routine;
        this.schemas = schemas;
        this.observer = observer;
    }

    void run(Supplier<JavaMigration> instance) throws SQLException {
        journal.begin(connection, routine, 0, 1, StatementChain.START);
        connection.commit();
        try {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            instance.get().migrate(new Context(connection, jdbc, schemas, observer));
            journal.checkpoint(connection, routine, JournalRow.State.DONE, 1, StatementChain.START);
            connection.commit();
        } catch (Exception e) {
            throw failed(e);
        }
    }

    private StatementFailure failed(Exception cause) {
        try {
            connection.rollback();
            journal.checkpoint(connection, routine, JournalRow.State.FAILED, 0, StatementChain.START);
            connection.commit();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        SQLException serverError = ServerMessage.behind(cause);
        String evidence = serverError == null ? cause.toString() : ServerMessage.of(serverError);
        return new StatementFailure(
                routine,
                FindingCode.MIGRATION_FAILED.because(
                        evidence, routine.script(), "", "it begins anew when it is run again"),
                cause);
    }

    private record Context(Connection connection, JdbcClient jdbc, List<String> schemas, RunObserver observer)
            implements MigrationContext {

        @Override
        public void progress(long done, long total) {
            observer.progress(RunObserver.UNIT, done, total);
        }

        @Override
        public void note(String text) {
            observer.note(text);
        }
    }
}
