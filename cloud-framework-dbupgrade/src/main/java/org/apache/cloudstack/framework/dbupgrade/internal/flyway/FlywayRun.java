package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.StatementFailure;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * One upgrade as Flyway drives it, on the upgrade's connection: Flyway creates its history, calls each migration in turn and
 * writes its row.
 */
public final class FlywayRun extends AbstractDataSource {

    /** Flyway's order: by version, and then the repeatables by name. */
    private static final Comparator<ResolvedMigration> FLYWAYS_ORDER = Comparator.comparing(
                    ResolvedMigration::getVersion, Comparator.nullsLast(Comparator.<MigrationVersion>naturalOrder()))
            .thenComparing(ResolvedMigration::getDescription);

    private final UpgradeConnection connection;
    private final List<String> schemas;
    private final FlywayCallbacks callbacks;
    private Iterator<Migration> turns = Collections.emptyIterator();
    private Execution execution = any -> {};
    private @Nullable StatementFailure failure;

    /** Executes one migration. Its row in the history is committed with whatever the connection commits next. */
    @FunctionalInterface
    public interface Execution {
        void execute(Migration migration) throws SQLException;
    }

    /**
     * A run on the given connection, whose session is pinned and whose auto-commit is off.
     *
     * @param callbacks what Flyway calls around migrations
     */
    public FlywayRun(Connection connection, List<String> schemas, FlywayCallbacks callbacks) {
        this.connection = UpgradeConnection.of(connection);
        this.schemas = List.copyOf(schemas);
        this.callbacks = callbacks;
    }

    /** Whether Flyway calls anything between migrations. */
    public boolean hasCallbacks() {
        return !callbacks.isEmpty();
    }

    /**
     * Migrates. Where the plan's order is not Flyway's, as with a repeatable that comes first, Flyway migrates once for each
     * part of the plan that is in its order.
     *
     * @param recorded migrations that the journal has and Flyway's history lacks: they get their rows, and nothing else
     * @param planned what is to be executed, in this order
     * @throws StatementFailure when a migration failed; Flyway's history says so
     * @throws FlywayStoppedException when Flyway refuses, or a callback fails
     */
    public void migrate(List<Migration> recorded, List<Migration> planned, Execution execution) throws SQLException {
        this.turns = planned.iterator();
        this.execution = execution;
        for (List<ResolvedMigration> part : parts(recorded, planned)) {
            try {
                callbacks
                        .addTo(FlywayTimeline.configured(this, schemas, part))
                        .validateOnMigrate(false)
                        .group(true)
                        .load()
                        .migrate();
            } catch (ServerError e) {
                throw e.error;
            } catch (FlywayException e) {
                throw stopped(e);
            }
        }
        if (turns.hasNext()) {
            throw new FlywayStoppedException(new FlywayException("it takes "
                    + turns.next().script() + " for applied, and " + FlywayHistory.TABLE + " does not say so"));
        }
    }

    /** What is planned, each part of it in Flyway's order. */
    private List<List<ResolvedMigration>> parts(List<Migration> recorded, List<Migration> planned) {
        List<List<ResolvedMigration>> parts = new ArrayList<>();
        List<ResolvedMigration> part = new ArrayList<>();
        recorded.forEach(migration -> part.add(new TimelineMigration(migration, any -> {})));
        ResolvedMigration last = null;
        for (Migration migration : planned) {
            ResolvedMigration next = new TimelineMigration(migration, this::execute);
            if (last != null && FLYWAYS_ORDER.compare(last, next) > 0) {
                parts.add(List.copyOf(part));
                part.clear();
            }
            part.add(next);
            last = next;
        }
        parts.add(part);
        return parts;
    }

    private RuntimeException stopped(FlywayException e) throws SQLException {
        if (failure != null) {
            return failure;
        }
        if (e instanceof FlywaySqlException && e.getCause() instanceof SQLException error) {
            throw error;
        }
        return new FlywayStoppedException(e);
    }

    private void execute(Migration migration) {
        Migration expected = turns.next();
        if (!expected.equals(migration)) {
            // Flyway must neither leave out a migration nor go before its turn
            throw new FlywayException("it called " + migration.script() + " before " + expected.script());
        }
        try {
            execution.execute(migration);
        } catch (StatementFailure e) {
            failure = e;
            throw new FlywayException(e.getMessage(), e);
        } catch (SQLException e) {
            throw new ServerError(e);
        }
    }

    /** Passes Flyway, which would record a failed migration. */
    private static final class ServerError extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final SQLException error;

        ServerError(SQLException error) {
            super(error);
            this.error = error;
        }
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) {
        return connection;
    }
}
