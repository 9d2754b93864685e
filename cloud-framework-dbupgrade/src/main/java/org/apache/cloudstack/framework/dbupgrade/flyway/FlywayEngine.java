package org.apache.cloudstack.framework.dbupgrade.flyway;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.execute.StatementFailure;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.executor.Context;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.jdbc.Results;
import org.jspecify.annotations.Nullable;

/**
 * Flyway with everything of its own switched off that we decide: it resolves nothing but what it is shown, finds no files,
 * creates no schemas, validates nothing and logs to DEBUG. What stays is its timeline, its order, its lock and its history.
 */
public final class FlywayEngine {

    private final DataSource dataSource;
    private final List<String> schemas;

    /** An engine for the given databases; the history is in the first. */
    public FlywayEngine(DataSource dataSource, List<String> schemas) {
        this.dataSource = dataSource;
        this.schemas = List.copyOf(schemas);
    }

    /** Makes the history table where it is missing, in databases that may hold tables. */
    public void createHistory() throws SQLException {
        migrate(configure(List.of()).skipExecutingMigrations(true));
    }

    /**
     * Lets Flyway execute the routines that its history lacks, versioned ones first, and write its history.
     *
     * @param routines those it is shown: the ones to run, and all that are in the database
     * @throws StatementFailure when one stops
     */
    public void execute(Collection<Routine> routines, RoutineExecution execution) throws SQLException {
        List<ResolvedMigration> resolved = routines.stream()
                .map(routine -> (ResolvedMigration) new ResolvedRoutine(routine, executorOf(routine, execution)))
                .toList();
        migrate(configure(resolved));
    }

    private static void migrate(FluentConfiguration configuration) throws SQLException {
        try {
            configuration.load().migrate();
        } catch (FlywayException e) {
            throw unwrapped(e);
        }
    }

    /** The cause that our own code or the server gave, for Flyway's words are about another protocol. */
    private static SQLException unwrapped(FlywayException wrapper) {
        for (Throwable cause = wrapper; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatementFailure failure) {
                throw failure;
            }
            if (cause instanceof SQLException error) {
                return error;
            }
        }
        throw wrapper;
    }

    private FluentConfiguration configure(List<ResolvedMigration> resolved) {
        MigrationResolver resolver = context -> resolved;
        return Flyway.configure(FlywayEngine.class.getClassLoader())
                .loggers(QuietLog.class.getName())
                .dataSource(dataSource)
                .schemas(schemas.toArray(String[]::new))
                .defaultSchema(schemas.get(0))
                .table(FlywayHistory.TABLE)
                .createSchemas(false)
                .skipDefaultResolvers(true)
                .skipDefaultCallbacks(true)
                .resolvers(resolver)
                .resourceProvider(new NoFiles())
                .javaMigrationClassProvider(List::of)
                .locations(new String[0])
                .placeholderReplacement(false)
                .outOfOrder(true)
                .validateOnMigrate(false);
    }

    private static MigrationExecutor executorOf(Routine routine, RoutineExecution execution) {
        return new MigrationExecutor() {

            @Override
            public List<Results> execute(Context context) throws SQLException {
                try {
                    execution.execute(context.getConnection(), routine);
                } catch (StatementFailure e) {
                    // Flyway notes failures of its own type only
                    throw new FlywayException(e.getMessage(), e);
                }
                return List.of();
            }

            @Override
            public boolean canExecuteInTransaction() {
                return false;
            }

            @Override
            public boolean shouldExecute() {
                return true;
            }
        };
    }

    private static final class NoFiles implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return List.of();
        }
    }
}
