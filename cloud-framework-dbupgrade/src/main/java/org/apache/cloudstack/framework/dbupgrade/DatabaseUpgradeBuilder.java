package org.apache.cloudstack.framework.dbupgrade;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeRegistry;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.RetryPolicy;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.TableCopier;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.TableCopierFactory;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.MigrationSource;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.UpgradeLines;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.UpgradeLog;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.UpgradeTarget;
import org.apache.cloudstack.framework.dbupgrade.internal.preflight.Preflight;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;
import org.flywaydb.core.api.callback.Callback;
import org.springframework.util.function.SingletonSupplier;

/** Makes a {@link DatabaseUpgrade}. */
public final class DatabaseUpgradeBuilder {

    private final DataSource dataSource;
    private final List<PreflightCheck> checks = new ArrayList<>();
    private UpgradeSettings settings = UpgradeSettings.defaults();
    Clock clock = Clock.systemUTC();
    private final List<NodeRegistry> registries = new ArrayList<>();
    private final List<UpgradeListener> listeners = new ArrayList<>();
    private final Map<String, JavaMigration> ready = new LinkedHashMap<>();
    final List<Callback> callbacks = new ArrayList<>();
    private MigrationInstances instances = MigrationInstances.byDefaultConstructor();
    private UpgradeLines lines = UpgradeLines.toLog();
    private Optional<TableCopierFactory> copiers = Optional.empty();
    private ClassLoader loader = DatabaseUpgrade.class.getClassLoader();

    DatabaseUpgradeBuilder(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** How the upgrade is done. */
    public DatabaseUpgradeBuilder settings(UpgradeSettings settings) {
        this.settings = settings;
        return this;
    }

    /** Checks before the upgrade, in addition to those of the library. */
    public DatabaseUpgradeBuilder checks(List<? extends PreflightCheck> checks) {
        this.checks.addAll(checks);
        return this;
    }

    /** Who knows servers that use the databases, in addition to the table of this library and CloudStack's {@code mshost}. */
    public DatabaseUpgradeBuilder registries(List<? extends NodeRegistry> registries) {
        this.registries.addAll(registries);
        return this;
    }

    /** Listeners, in addition to the one that writes the log. */
    public DatabaseUpgradeBuilder listeners(List<? extends UpgradeListener> listeners) {
        this.listeners.addAll(listeners);
        return this;
    }

    /**
     * Writes for the operator of the standalone tool: lines go there in place of the log, and name the tool's commands. The
     * tool itself prints the report, or why there is none.
     */
    public DatabaseUpgradeBuilder forTool(Consumer<String> lines) {
        this.lines = UpgradeLines.toTool(lines);
        return this;
    }

    /** Java migrations that exist as objects, by name; the name of a class that is named like a migration comes first. */
    public DatabaseUpgradeBuilder javaMigrations(Map<String, ? extends JavaMigration> ready) {
        this.ready.putAll(ready);
        return this;
    }

    /** Makes the instances of the migration classes found in the locations. */
    public DatabaseUpgradeBuilder instances(MigrationInstances instances) {
        this.instances = instances;
        return this;
    }

    /** Callbacks that Flyway calls around migrations, in addition to the SQL callbacks that lie beside them. */
    public DatabaseUpgradeBuilder callbacks(List<? extends Callback> callbacks) {
        this.callbacks.addAll(callbacks);
        return this;
    }

    /** Where class path locations are looked up. */
    public DatabaseUpgradeBuilder classLoader(ClassLoader loader) {
        this.loader = loader;
        return this;
    }

    /** What changes tables by a copy; without it, the one that is on the class path. */
    public DatabaseUpgradeBuilder copying(TableCopierFactory copiers) {
        this.copiers = Optional.of(copiers);
        return this;
    }

    /** The clock for durations. */
    public DatabaseUpgradeBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /** The upgrade; it connects when it is asked to do something. */
    public DatabaseUpgrade build() {
        return new DatabaseUpgrade(this);
    }

    /** Made for the first migration that asks for it: few do, and every start would wait for what it loads. */
    Supplier<TableCopier> copier() {
        WaitSettings waits = settings.waits();
        return SingletonSupplier.of(() -> copiers.orElseGet(() -> TableCopierFactory.installed(loader))
                .create(dataSource, RetryPolicy.within(waits.metadataLockRetry()), waits.lock()));
    }

    UpgradeTarget target(UpgradeListener listener) {
        return new UpgradeTarget(dataSource, settings, new Preflight(checks), registries, listener);
    }

    MigrationSource migrationSource() {
        return new MigrationSource(settings.locations(), loader, instances, Map.copyOf(ready));
    }

    /** One event after the other, for long statements are reported by a thread of their own. */
    UpgradeListener listener() {
        UpgradeListener log = new UpgradeLog(clock, settings.progressInterval(), lines);
        List<UpgradeListener> all = List.copyOf(listeners);
        return new UpgradeListener() {
            @Override
            public synchronized void on(UpgradeEvent event) {
                log.on(event);
                all.forEach(each -> each.on(event));
            }
        };
    }
}
