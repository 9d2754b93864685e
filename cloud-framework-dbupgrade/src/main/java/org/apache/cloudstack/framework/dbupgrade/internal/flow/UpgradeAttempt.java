package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.ThrottleSettings;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.cluster.LeaseHolder;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.AppliedFingerprint;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.ContractWatermark;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Lease;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.LeaseRenewer;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalWriter;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.MigrationRunner;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.PreparedStatements;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.RetryPolicy;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SafeCause;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SessionPinning.PinnedSession;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.TableCopier;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayCallbacks;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayRun;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DefinitionEffects;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.FailureCauses;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.IfExistsEmulation;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.OnlineDefinitions;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.PinnedSessions;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerConnections;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerLoadMonitor;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerLockWaits;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.TablesWithoutTransactions;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.MigrationAnalyses;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.verify.IgnoredObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to upgrade, on one connection. When it loses its connection or its lease, it leaves the databases as a process
 * does that was killed, and the next attempt goes on as the next process would.
 */
public final class UpgradeAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(UpgradeAttempt.class);
    private static final int VALID_WITHIN_SECONDS = 5;

    private final Connection connection;
    private final UpgradePlanner planning;
    private final Leases leases;
    private final Surroundings surroundings;
    private final UpgradeSettings settings;
    private final UpgradeListener listener;
    private final String schema;
    private final UpgradePriority givingWay;
    private Optional<UpgradeExecutor> executor = Optional.empty();

    /**
     * What all attempts share.
     *
     * @param connections gives further connections
     * @param checks what is checked before the first change
     * @param rest present when it runs what was deferred, and nobody waits for it: shows when to stop at the next checkpoint
     * @param fingerprint of all that the code brings; empty when that is not in jars alone
     * @param copier changes tables by a copy
     * @param callbacks what Flyway calls around migrations
     * @param listener is notified of what happens
     * @param clock for durations
     */
    public record Surroundings(
            Connections connections,
            UpgradePreconditions checks,
            Optional<BooleanSupplier> rest,
            Optional<String> fingerprint,
            Supplier<TableCopier> copier,
            FlywayCallbacks callbacks,
            UpgradeListener listener,
            Clock clock) {}

    /** A plan that passed the checks, which are not repeated for the same plan. */
    private record Checked(Plan plan, Scripts scripts, DatabaseServer server) {}

    UpgradeAttempt(Connection connection, UpgradePlanner planning, Surroundings surroundings) {
        this.connection = connection;
        this.planning = planning;
        this.leases = planning.leases();
        this.surroundings = surroundings;
        this.settings = planning.settings();
        this.listener = surroundings.listener();
        this.schema = settings.schemas().get(0);
        this.givingWay = new UpgradePriority(connection, schema, surroundings.rest());
    }

    /** What was done so far; empty when this attempt never came to upgrading. */
    Optional<UpgradeReport> report() {
        return executor.map(UpgradeExecutor::report);
    }

    /** Whether it upgraded and came nowhere. */
    boolean isFutile() {
        return executor.filter(upgrade -> !upgrade.hasProgressed()).isPresent();
    }

    /**
     * Upgrades, where something is pending. It plans again under the lease, since another node may have upgraded while this one
     * waited; a node that finds nothing pending waits for nobody.
     */
    @SuppressWarnings("try") // the renewer works while it is open
    UpgradeReport upgrade() throws SQLException {
        PlanResult pending = planning.plan(connection);
        OptionalLong number = new AppliedFingerprint(schema).fence(connection);
        if (pending instanceof Plan plan && isUpToDate(plan)) {
            if (number.isPresent() && !leases.isHeldElsewhere(connection)) {
                noteFingerprint(number.getAsLong(), plan);
            }
            return nothingDone(plan);
        }
        Optional<Checked> before = Optional.empty();
        // where there is a lease, a refusal waits for it, since another node may be about to remove its reason
        if (number.isEmpty()) {
            before = Optional.of(check(accepted(pending)));
            createLease();
        }
        boolean autoCommit = connection.getAutoCommit();
        Lease lease = acquired();
        try (LeaseRenewer renewer =
                LeaseRenewer.of(lease, surroundings.connections().beside())) {
            Plan plan = accepted(planning.plan(connection));
            if (isUpToDate(plan)) {
                noteFingerprint(lease.number(), plan);
                return nothingDone(plan);
            }
            Optional<Checked> same = before.filter(checked -> checked.plan().equals(plan));
            UpgradeReport report = migrate(same.isPresent() ? same.get() : check(plan), lease);
            refuseForMissed(plan);
            return report;
        } finally {
            tidyUp(() -> {
                leases.release(connection, lease);
                connection.setAutoCommit(autoCommit);
            });
        }
    }

    /** A node that died may have left the journal ahead of Flyway's history. */
    private boolean isUpToDate(Plan plan) throws SQLException {
        return plan.isEmpty()
                && new FlywayHistory(schema)
                        .lacking(connection, new Journal(schema), inTarget(plan))
                        .isEmpty();
    }

    private List<Migration> inTarget(Plan plan) {
        return planning.migrations().containedIn(planning.graph(), plan.target());
    }

    private static UpgradeReport nothingDone(Plan plan) {
        refuseForMissed(plan);
        return new UpgradeReport(
                plan.from(),
                Optional.of(plan.target()),
                List.of(),
                0,
                plan.deferred(),
                List.of(),
                List.of(),
                Duration.ZERO);
    }

    /** What was deferred need not concern the code, unless it cannot do without. */
    private static void refuseForMissed(Plan plan) {
        List<Finding> blocking = plan.blocking().stream()
                .map(step ->
                        FindingCode.OLDER_SERVERS_LIVE.about(step.migration().script(), step.deferredUntil()))
                .toList();
        if (!blocking.isEmpty()) {
            throw new UpgradeRefusedException(blocking, null);
        }
    }

    private Checked check(Plan plan) throws SQLException {
        Scripts scripts = Scripts.of(plan);
        return new Checked(plan, scripts, surroundings.checks().passed(connection, plan, scripts));
    }

    private void createLease() throws SQLException {
        Schemas schemas = new Schemas(List.of(schema));
        if (!schemas.missing(connection).isEmpty()) {
            schemas.create(connection, schema, settings.session());
        }
        leases.create(connection);
    }

    private Lease acquired() throws SQLException {
        connection.setAutoCommit(true);
        Duration timeout = settings.waits().leaseTimeout();
        Optional<Lease> acquired = leases.acquire(connection, timeout, this::waiting);
        givingWay.takeBack();
        return acquired.orElseThrow(() -> new UpgradeRefusedException(
                List.of(FindingCode.UPGRADE_RUNNING.about(schema, Durations.text(timeout))), null));
    }

    private void waiting(LeaseHolder holder) {
        listener.on(new UpgradeEvent.Waiting(schema, holder));
        givingWay.ask();
    }

    private UpgradeReport migrate(Checked checked, Lease lease) throws SQLException {
        if (!checked.plan().isEmpty()) {
            listener.on(
                    new UpgradeEvent.Started(checked.plan(), checked.server().toString()));
        }
        String catalog = connection.getCatalog();
        PinnedSession session = new PinnedSessions(
                        settings.session(), schema, settings.waits().lock().toSeconds())
                .pin(connection);
        connection.setAutoCommit(false);
        try (LongStatementMonitor monitor = new LongStatementMonitor(
                        new ServerStages(surroundings.connections().beside(), ServerConnections.idOf(connection)),
                        listener,
                        settings.progressInterval());
                PreparedStatements statements = new PreparedStatements(connection)) {
            UpgradeExecutor upgrade = prepared(checked, lease, session, monitor, statements);
            executor = Optional.of(upgrade);
            UpgradeReport report = upgrade.execute(inTarget(checked.plan()));
            if (report.deferred().isEmpty()) {
                noteFingerprint(lease.number(), checked.plan());
            }
            connection.commit();
            return report.with(broken(report, checked.plan()));
        } finally {
            tidyUp(() -> {
                connection.rollback();
                connection.setAutoCommit(true);
                session.restore();
                if (catalog != null && !catalog.isEmpty()) {
                    connection.setCatalog(catalog);
                }
            });
        }
    }

    /** What is wrong with views, routines and triggers after they, or what they use, may have changed. */
    private List<Finding> broken(UpgradeReport report, Plan plan) throws SQLException {
        if (report.runs().isEmpty()) {
            return List.of();
        }
        Map<String, String> dropped =
                plan.isFreshInstall() ? Map.of() : new MigrationAnalyses(planning.migrations(), schema).dropped(plan);
        List<Finding> findings = new BrokenObjects(
                        settings.schemas(), dropped, IgnoredObjects.of(settings.verifyIgnore()))
                .find(connection);
        findings.forEach(finding -> listener.on(new UpgradeEvent.Warned(finding)));
        return findings;
    }

    private interface Tidying {
        void run() throws SQLException;
    }

    /** An error here would hide why the upgrade ends; what is not put in order ends with the connection or runs out. */
    private void tidyUp(Tidying tidying) {
        try {
            if (connection.isValid(VALID_WITHIN_SECONDS)) {
                tidying.run();
            }
        } catch (SQLException e) {
            LOG.debug("The connection could not be put in order", SafeCause.of(e));
        }
    }

    private UpgradeExecutor prepared(
            Checked checked,
            Lease lease,
            PinnedSession session,
            LongStatementMonitor monitor,
            PreparedStatements statements)
            throws SQLException {
        Plan plan = checked.plan();
        Journal journal = new Journal(schema);
        JournalWriter writer = new JournalWriter(journal, statements, lease);
        ReleaseGraph graph = planning.graph();
        NavigableMap<ReleaseVersion, ReleaseId> ids = planning.migrations().releaseIds(graph);
        UpgradeRecords records =
                new UpgradeRecords(connection, settings, journal, writer, release -> ids.get(graph.atOrBelow(release)));
        records.create();
        givingWay.beginAnew();
        new ContractGate(new ContractWatermark(schema), planning.servers(), writer).pass(connection, plan);
        MigrationRunner runner = new MigrationRunner(
                journal,
                writer,
                session,
                new MigrationRunner.Server(
                        new DefinitionEffects(schema),
                        new ServerLockWaits(settings.schemas()),
                        new TablesWithoutTransactions(schema),
                        new OnlineDefinitions(checked.server().product()),
                        surroundings.copier(),
                        new IfExistsEmulation(checked.server().product()),
                        new FailureCauses(),
                        loadMonitor(settings.waits().throttle()),
                        givingWay.stopSign()),
                RetryPolicy.within(settings.waits().metadataLockRetry()),
                settings.schemas());
        return new UpgradeExecutor(
                plan,
                new CompletedReleases(graph, plan),
                settings.schemas(),
                new UpgradeExecutor.Tools(
                        new FlywayRun(connection, settings.schemas(), callbacks(plan)),
                        records,
                        writer,
                        lease,
                        runner,
                        checked.scripts(),
                        monitor,
                        listener,
                        surroundings.clock()));
    }

    private static ServerLoadMonitor loadMonitor(ThrottleSettings throttle) {
        return new ServerLoadMonitor(
                throttle.maxRunningThreads(), throttle.replicas(), throttle.maxReplicaLag(), throttle.maxWait());
    }

    /** What is only recorded is no migration for callbacks. */
    private FlywayCallbacks callbacks(Plan plan) {
        return plan.runs().isEmpty() ? FlywayCallbacks.NONE : surroundings.callbacks();
    }

    private void noteFingerprint(long fence, Plan plan) throws SQLException {
        boolean isAhead =
                plan.from().filter(from -> from.isAfter(plan.target())).isPresent();
        if (surroundings.fingerprint().isPresent() && plan.deferred().isEmpty() && !isAhead) {
            new AppliedFingerprint(schema)
                    .note(connection, fence, surroundings.fingerprint().get(), plan.target());
        }
    }

    public static Plan accepted(PlanResult planned) {
        if (planned instanceof Refusal refusal) {
            throw new UpgradeRefusedException(refusal.findings(), null);
        }
        return (Plan) planned;
    }
}
