package org.apache.cloudstack.framework.dbupgrade.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;

/**
 * Times migrations as {@code cloud.dbupgrade.migration} and whole upgrades as {@code cloud.dbupgrade}, and counts statements
 * as {@code cloud.dbupgrade.statements}. Registries come into being after the upgrade at start-up, and may need the database;
 * so what was measured waits here until they are bound.
 */
final class DatabaseUpgradeMetrics implements UpgradeListener, MeterBinder {

    private final List<Consumer<MeterRegistry>> measured = new ArrayList<>();
    private final List<MeterRegistry> registries = new ArrayList<>();

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        registries.add(registry);
        measured.forEach(measure -> measure.accept(registry));
    }

    @Override
    public void on(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.MigrationFinished finished) {
            Timer.Builder timer = migration(finished.begin().migration(), "success");
            record(registry -> timer.register(registry).record(finished.duration()));
            record(registry -> registry.counter("cloud.dbupgrade.statements").increment(finished.statements()));
        } else if (event instanceof UpgradeEvent.MigrationFailed failed) {
            Timer.Builder timer = migration(failed.begin().migration(), "failure");
            record(registry -> timer.register(registry).record(failed.duration()));
        } else if (event instanceof UpgradeEvent.Finished finished
                && !finished.report().isUpToDate()) {
            whole(finished.report());
        }
    }

    private void whole(UpgradeReport report) {
        String release = report.to().map(Object::toString).orElse("none");
        Timer.Builder timer = Timer.builder("cloud.dbupgrade")
                .description("Time that upgrades of the database took")
                .tag("release", release);
        record(registry -> timer.register(registry).record(report.duration()));
    }

    private static Timer.Builder migration(Migration migration, String outcome) {
        String release = migration instanceof VersionedMigration versioned
                ? versioned.name().release().toString()
                : "repeatable";
        return Timer.builder("cloud.dbupgrade.migration")
                .description("Time that migrations of the database took")
                .tags("release", release, "migration", migration.script(), "outcome", outcome);
    }

    private synchronized void record(Consumer<MeterRegistry> measure) {
        measured.add(measure);
        registries.forEach(measure);
    }
}
