package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.api.resolver.ResolvedMigration;

/** All migrations on Flyway's timeline, for {@code info()} and {@code validate()} over the history. */
public final class FlywayTimeline {

    private final DataSource dataSource;
    private final List<String> schemas;
    private final List<Migration> migrations;

    /** The timeline of the given databases; the history is in the first. */
    public FlywayTimeline(DataSource dataSource, List<String> schemas, Collection<? extends Migration> migrations) {
        this.dataSource = dataSource;
        this.schemas = List.copyOf(schemas);
        this.migrations = List.copyOf(migrations);
    }

    /** Flyway, shown these migrations. It refuses to run one that is pending. */
    public Flyway flyway() {
        List<ResolvedMigration> resolved = migrations.stream()
                .map(migration -> (ResolvedMigration) new TimelineMigration(migration, FlywayTimeline::refuse))
                .toList();
        return configured(dataSource, schemas, resolved).load();
    }

    private static void refuse(Migration migration) {
        throw new FlywayException(migration.script()
                + " is pending, and this Flyway only shows the timeline. The upgrade runs it, which knows the order, the lease"
                + " and how to go on after an interruption");
    }

    /** A resolver of ours shows Flyway just these; what it would find or decide by itself is switched off. */
    static FluentConfiguration configured(
            DataSource dataSource, List<String> schemas, List<ResolvedMigration> resolved) {
        MigrationResolver resolver = context -> List.copyOf(resolved);
        return Flyway.configure(FlywayTimeline.class.getClassLoader())
                .loggers(QuietLog.class.getName())
                .dataSource(dataSource)
                .schemas(schemas.toArray(String[]::new))
                .defaultSchema(schemas.get(0))
                .table(FlywayHistory.TABLE)
                .createSchemas(false)
                .skipDefaultResolvers(true)
                .skipDefaultCallbacks(true)
                .resolvers(resolver)
                .resourceProvider(new CallbackFiles(List.of()))
                .javaMigrationClassProvider(List::of)
                .locations(new String[0])
                .placeholderReplacement(false)
                .outOfOrder(true);
    }
}
