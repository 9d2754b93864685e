package org.apache.cloudstack.framework.dbupgrade;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeMembership;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.AppliedFingerprint;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.PauseFlag;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.TableCopier;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.Connections;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.InterruptedStatementResolver;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.MigrationSource;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.NodeRegistrar;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.RecordsReader;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.ReleaseRecords;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.StatusReader;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.Upgrade;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.UpgradeAttempt;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.UpgradePlanner;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.UpgradeTarget;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.Verifier;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayCallbacks;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayTimeline;
import org.apache.cloudstack.framework.dbupgrade.internal.lint.Lint;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.SelectedSchema;
import org.apache.cloudstack.framework.dbupgrade.internal.preflight.PlanInspection;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Resolution;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckOutcome;
import org.apache.cloudstack.framework.dbupgrade.preflight.PlanImpact;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.verify.SnapshotFile;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;

/**
 * Takes databases from any release to that of the code. Instances are immutable and may be used again; they are made by a
 * {@link DatabaseUpgradeBuilder}:
 *
 * <pre>{@code
 * UpgradeReport report = DatabaseUpgrade.of(dataSource)
 *         .settings(UpgradeSettings.defaults().withLocations("classpath:db/upgrade"))
 *         .build()
 *         .upgrade();
 * }</pre>
 */
public final class DatabaseUpgrade {

    private final UpgradeTarget target;
    private final MigrationSource migrationSource;
    private final Supplier<TableCopier> copier;
    private final UpgradeListener listener;
    private final List<Callback> callbacks;
    private final Clock clock;

    DatabaseUpgrade(DatabaseUpgradeBuilder builder) {
        this.migrationSource = builder.migrationSource();
        this.listener = builder.listener();
        this.target = builder.target(listener);
        this.copier = builder.copier();
        this.callbacks = List.copyOf(builder.callbacks);
        this.clock = builder.clock;
    }

    /** Starts to make an instance for the server of the data source, whose user may change the databases. */
    public static DatabaseUpgradeBuilder of(DataSource dataSource) {
        return new DatabaseUpgradeBuilder(dataSource);
    }

    /**
     * Upgrades the databases to the release of the code; when nothing is pending, nothing is changed.
     *
     * @throws UpgradeRefusedException when the upgrade was not started
     * @throws UpgradeFailedException when it stopped; the next one goes on there
     */
    public UpgradeReport upgrade() {
        Optional<String> fingerprint = migrationSource.fingerprint(settings());
        Optional<UpgradeReport> upToDate = fingerprint.flatMap(this::upToDate);
        if (upToDate.isPresent()) {
            return told(upToDate.get());
        }
        return told(flow(planning(), Optional.empty(), fingerprint).upgrade());
    }

    private UpgradeReport told(UpgradeReport report) {
        if (settings().verify()) {
            warnings().forEach(finding -> listener.on(new UpgradeEvent.Warned(finding)));
        }
        return finished(report);
    }

    private UpgradeReport finished(UpgradeReport report) {
        listener.on(new UpgradeEvent.Finished(report));
        return report;
    }

    /**
     * Runs what was deferred, and nothing else: what is for the background, and what waits for older nodes to go, as far as
     * they are gone. What runs in the background stops at a checkpoint when another node waits to upgrade; it is among what
     * is still deferred then.
     *
     * @throws UpgradeRefusedException when the databases are not at the release of the code otherwise
     * @throws UpgradeFailedException when it stopped; the next one goes on there
     */
    public UpgradeReport contract() {
        return contract(() -> false, settings().waits());
    }

    /**
     * Like {@link #contract()}, beside other work: it does not wait for another node that upgrades.
     *
     * @param isStopping whether what runs in the background is to stop at its next checkpoint
     * @throws UpgradeRefusedException also when another node upgrades
     */
    public UpgradeReport contract(BooleanSupplier isStopping) {
        return contract(isStopping, settings().waits().withLeaseTimeout(Duration.ZERO));
    }

    private UpgradeReport contract(BooleanSupplier isStopping, WaitSettings waits) {
        validate();
        UpgradePlanner everything =
                planning().with(settings().withLeaveBackground(false).withWaits(waits));
        UpgradeReport report = flow(everything, Optional.of(isStopping), migrationSource.fingerprint(settings()))
                .upgrade();
        // where nothing was run, the comparison after the upgrade still holds
        return report.runs().isEmpty() ? finished(report) : told(report);
    }

    /**
     * Counts this server, which passed its upgrade, among those that use the databases, until the membership is closed.
     *
     * @param release what its code is, as {@link UpgradeReport#to()} reports
     * @param outdated is notified when the databases lost something that this server may need, because it was taken for dead: it
     *     should stop at once
     * @throws UpgradeRefusedException when that happened since its upgrade, or the server does not answer
     */
    public NodeMembership join(ReleaseVersion release, Consumer<Finding> outdated) {
        return joining().always(release, outdated);
    }

    /** Like {@link #join}, and runs no DDL: empty where nodes are not counted. */
    public Optional<NodeMembership> registerNodeIfTracked(ReleaseVersion release, Consumer<Finding> outdated) {
        return joining().ifCounted(release, outdated);
    }

    private NodeRegistrar joining() {
        return new NodeRegistrar(
                connections(),
                first(),
                settings().rolling(),
                target.servers().self().get());
    }

    /**
     * Records that databases of unknown origin are at the release of {@link UpgradeSettings#baseline()}, and runs nothing.
     *
     * @return what was recorded; nothing when the databases have records already
     * @throws UpgradeRefusedException when they cannot be at that release
     */
    public UpgradeReport baseline() {
        return flow(planning().ofRecordsOnly(), Optional.empty(), Optional.empty())
                .upgrade();
    }

    private Upgrade flow(UpgradePlanner planning, Optional<BooleanSupplier> rest, Optional<String> fingerprint) {
        return new Upgrade(
                planning,
                new UpgradeAttempt.Surroundings(
                        connections(),
                        target.checks(),
                        rest,
                        fingerprint,
                        copier,
                        new FlywayCallbacks(callbacks, planning.migrations().callbacks()),
                        listener,
                        clock));
    }

    /** What a comparison has to say must not keep an upgraded server from starting. */
    private List<Finding> warnings() {
        try {
            return verify().warnings();
        } catch (UpgradeRefusedException e) {
            return e.findings();
        }
    }

    private Optional<UpgradeReport> upToDate(String fingerprint) {
        return connections()
                .with(connection -> new AppliedFingerprint(first()).upToDate(connection, fingerprint))
                .map(UpgradeReport::nothing);
    }

    /**
     * What an upgrade would do now, with what each step means; changes nothing.
     *
     * @throws UpgradeRefusedException when it would be refused
     */
    public PlanImpact preview() {
        UpgradePlanner planning = planning();
        return connections().with(connection -> PlanInspection.of(
                        connection,
                        planning.accepted(connection),
                        planning.phases(),
                        settings().schemas())
                .impact());
    }

    /**
     * What every check before an upgrade says now, also those that find nothing; changes nothing.
     *
     * @throws UpgradeRefusedException when there is no plan
     */
    public List<CheckOutcome> preflight() {
        UpgradePlanner planning = planning();
        return connections()
                .with(connection -> target.checks().outcomes(connection, planning.accepted(connection), leases()));
    }

    /**
     * Makes sure that the databases have what the code needs, and changes nothing.
     *
     * @return the release of the code
     * @throws UpgradeRefusedException when they have not, or have more than the code knows
     */
    public ReleaseVersion validate() {
        return connections().with(planning()::validated);
    }

    /**
     * Settles what a start refuses with {@link FindingCode#MIGRATION_INTERRUPTED}: says whether the statement that was cut
     * off took effect. The next upgrade goes on after it, or with it.
     *
     * @param script the file that was interrupted
     * @throws IllegalArgumentException when nothing of that script is to be settled
     */
    public void resolve(String script, Resolution resolution) {
        new InterruptedStatementResolver(settings(), connections(), leases()).settle(migrations(), script, resolution);
    }

    /**
     * Takes back a release that was recorded by mistake, as after a mistyped target; migrations are not read. CloudStack's
     * version table loses what the upgrade wrote of it.
     *
     * @return the newest release that stays recorded
     * @throws UpgradeRefusedException when migrations of it were applied, or another node upgrades
     * @throws IllegalArgumentException when it is not recorded, or nothing else is
     */
    public ReleaseVersion forget(ReleaseVersion release) {
        return new ReleaseRecords(settings(), connections(), leases()).forget(release);
    }

    /**
     * Flyway over the same timeline, for {@code info()} and {@code validate()}; it refuses to run a migration that is pending.
     *
     * @throws UpgradeRefusedException when the migrations cannot be read
     */
    public Flyway flyway() {
        UpgradePlanner planning = planning();
        return new FlywayTimeline(
                        new SelectedSchema(connections().dataSource(), first()),
                        settings().schemas(),
                        planning.migrations().containedIn(planning.graph(), planning.code()))
                .flyway();
    }

    /** What the databases say of themselves; reads no migration, and shows nothing of databases without records. */
    public DatabaseRecords records() {
        return connections().with(connection -> new RecordsReader(first(), leases()).read(connection));
    }

    /**
     * The migrations as they are read, with the releases that they belong to; asks no database.
     *
     * @throws UpgradeRefusedException when they cannot be read
     */
    public Migrations migrations() {
        return accepted(migrationSource.scan()).migrations();
    }

    /** Checks the migrations against the lint rules; asks no database. */
    public List<LintFinding> lint() {
        return new Lint(target.firstStated()).check(migrationSource.scan());
    }

    /** The same for what a release and those after it bring. */
    public List<LintFinding> lint(ReleaseVersion from) {
        return new Lint(target.firstStated()).check(migrationSource.scan(), from);
    }

    /**
     * Compares the databases with what the release they are at should be, as {@code schema/<version>.json} and the
     * verification queries {@code T_….sql} beside the migrations say. Nothing is changed, and what is wrong is reported, not
     * thrown.
     *
     * @throws UpgradeRefusedException when the migrations cannot be read, or the server does not answer
     */
    public Verification verify() {
        return connections().with(verifier()::verify);
    }

    /**
     * The schema that the databases have now, as the snapshot which their release carries:
     * {@code Files.writeString(location.resolve(snapshot.path()), snapshot.text())}. Take it from a fresh database.
     *
     * @throws UpgradeRefusedException when the databases are not just at a release, or the migrations cannot be read
     */
    public SnapshotFile snapshot() {
        return connections().with(verifier()::snapshot);
    }

    private Verifier verifier() {
        ScanResult scanned = accepted(migrationSource.scan());
        return new Verifier(planning(scanned.migrations()), scanned.expectations());
    }

    /**
     * The releases as a picture, with the positions of database and code; the standalone tool draws it.
     *
     * @throws UpgradeRefusedException when the migrations cannot be read
     */
    public GraphPicture graph() {
        Migrations migrations = migrations();
        UpgradeStatus status = status();
        Map<ReleaseVersion, Integer> counts = new TreeMap<>();
        migrations.byRelease().forEach((release, its) -> counts.put(release, its.size()));
        return GraphPicture.of(
                migrations.graph(),
                migrations.declarations(),
                counts,
                new GraphPicture.Position(status.database(), status.code()));
    }

    /** Reports where the databases are, what is pending and what is half done. Problems are returned, never thrown. */
    public UpgradeStatus status() {
        return new StatusReader(target, this::planning).status(migrationSource.scan());
    }

    /** Lets Java migrations of a running upgrade wait, and go on. */
    public UpgradePause pause() {
        return new UpgradePause(connections(), PauseFlag.toPause(new Journal(first())));
    }

    private UpgradePlanner planning() {
        return planning(migrations());
    }

    private UpgradePlanner planning(Migrations migrations) {
        return new UpgradePlanner(settings(), migrations, leases(), target.servers(), false);
    }

    private static ScanResult accepted(ScanResult scanned) {
        if (!scanned.findings().isEmpty()) {
            throw new UpgradeRefusedException(scanned.findings(), null);
        }
        return scanned;
    }

    private Leases leases() {
        return target.leases();
    }

    /**
     * The names of the databases: those of the settings, or else the one that the URL of the data source names.
     *
     * @throws UpgradeRefusedException when the settings name none, and neither does the URL, or the server does not answer
     */
    public List<String> schemas() {
        return settings().schemas();
    }

    private UpgradeSettings settings() {
        return target.settings();
    }

    private Connections connections() {
        return target.connections();
    }

    private String first() {
        return schemas().get(0);
    }
}
