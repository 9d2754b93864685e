package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.cluster.ContractWatermark;
import org.apache.cloudstack.framework.dbupgrade.execute.ConnectionLostException;
import org.apache.cloudstack.framework.dbupgrade.execute.Journal;
import org.apache.cloudstack.framework.dbupgrade.execute.JournalWriter;
import org.apache.cloudstack.framework.dbupgrade.execute.LockWaits;
import org.apache.cloudstack.framework.dbupgrade.execute.MigrationRunner;
import org.apache.cloudstack.framework.dbupgrade.execute.PreparedStatements;
import org.apache.cloudstack.framework.dbupgrade.execute.RetryPolicy;
import org.apache.cloudstack.framework.dbupgrade.execute.SafeCause;
import org.apache.cloudstack.framework.dbupgrade.execute.SessionPinning.PinnedSession;
import org.apache.cloudstack.framework.dbupgrade.execute.StatementFailure;
import org.apache.cloudstack.framework.dbupgrade.execute.TableCopier;
import org.apache.cloudstack.framework.dbupgrade.finding.Durations;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayCallbacks;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayRun;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayStoppedException;
import org.apache.cloudstack.framework.dbupgrade.lease.AppliedFingerprint;
import org.apache.cloudstack.framework.dbupgrade.lease.Lease;
import org.apache.cloudstack.framework.dbupgrade.lease.LeaseHolder;
import org.apache.cloudstack.framework.dbupgrade.lease.LeaseRenewer;
import org.apache.cloudstack.framework.dbupgrade.lease.Leases;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.mysql.DefinitionEffects;
import org.apache.cloudstack.framework.dbupgrade.mysql.FailureCauses;
import org.apache.cloudstack.framework.dbupgrade.mysql.IfExistsEmulation;
import org.apache.cloudstack.framework.dbupgrade.mysql.OnlineDefinitions;
import org.apache.cloudstack.framework.dbupgrade.mysql.PinnedSessions;
import org.apache.cloudstack.framework.dbupgrade.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerConnections;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerLockWaits;
import org.apache.cloudstack.framework.dbupgrade.mysql.TablesWithoutTransactions;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.throttle.ServerLoadMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to upgrade, on one connection. When it loses its connection or its lease, it leaves the databases as a process
 * does that was killed, and the next attempt goes on as the next process would.
 */
final class UpgradeAttempt {

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
     * @param checks what is looked at before the first change
     * @param rest present when it runs what was deferred, and nobody waits for it: tells when to stop at the next checkpoint
     * @param fingerprint of all that the code brings; empty when that is not in jars alone
     * @param copier changes tables by a copy
     * @param callbacks what Flyway calls around migrations
     * @param listener is told what happens
     * @param clock for durations
     */
    record Surroundings(
            Connections connections,
            UpgradePreconditions checks,
            Optional<BooleanSupplier> rest,
            Optional<String> fingerprint,
            Supplier<TableCopier> copier,
            FlywayCallbacks callbacks,
            UpgradeListener listener,
            Clock clock) {}

    /** Others kept the records of the upgrade from a lock, so that another attempt is to be made. */
    static final class RecordsBlockedException extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final SQLException error;

        RecordsBlockedException(String blockers, SQLException error) {
            super(blockers);
            this.error = error;
        }

        SQLException error() {
            return error;
        }
    }

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
     * Upgrades, where something is pending.
     *
     * @throws ConnectionLostException when the connection broke
     */
    UpgradeReport upgrade() throws SQLException {
        try {
            return upgradeIfPending();
        } catch (SQLException e) {
            if (ConnectionLostException.isMeantBy(e)) {
                throw new ConnectionLostException(e);
            }
            throw e;
        }
    }

    private UpgradeReport upgradeIfPending() throws SQLException {
        AppliedFingerprint applied = new AppliedFingerprint(schema);
        OptionalLong fence = applied.fence(connection);
        PlanResult planned = planning.plan(connection);
        if (planned instanceof Plan plan && isUpToDate(plan)) {
            if (fence.isPresent() && !leases.isHeldElsewhere(connection)) {
                noteFingerprint(fence.getAsLong(), plan);
            }
            return nothingDone(plan);
        }
        Optional<Checked> checked = Optional.empty();
        // where there is a lease, a refusal is told under it only, for another server may be about to remove its reason
        if (applied.fence(connection).isEmpty()) {
            checked = Optional.of(check(accepted(planned)));
            createLease();
        }
        return upgradeAlone(checked);
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
        return UpgradeReport.nothing(plan);
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
        Scripts scripts = Scripts.of(plan, planning.splitter());
        return new Checked(plan, scripts, surroundings.checks().passed(connection, plan, scripts));
    }

    private void createLease() throws SQLException {
        Schemas schemas = new Schemas(List.of(schema));
        if (!schemas.missing(connection).isEmpty()) {
            schemas.create(connection, schema, settings.session());
        }
        leases.create(connection);
    }

    /** Plans again under the lease, since another server may have upgraded while this one waited for it. */
    @SuppressWarnings("try") // the keeper works while it is open
    private UpgradeReport upgradeAlone(Optional<Checked> before) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        Duration leaseTimeout = settings.waits().leaseTimeout();
        Optional<Lease> acquired = leases.acquire(connection, leaseTimeout, this::waiting);
        givingWay.takeBack();
        Lease lease = acquired.orElseThrow(() -> new UpgradeRefusedException(
                List.of(FindingCode.UPGRADE_RUNNING.about(schema, Durations.text(leaseTimeout))), null));
        try (LeaseRenewer keeper =
                LeaseRenewer.of(lease, surroundings.connections().beside())) {
            Plan plan = accepted(planning.plan(connection));
            if (isUpToDate(plan)) {
                noteFingerprint(lease.number(), plan);
                return nothingDone(plan);
            }
            Optional<Checked> same = before.filter(checked -> checked.plan().equals(plan));
            UpgradeReport report = execute(same.isPresent() ? same.get() : check(plan), lease);
            refuseForMissed(plan);
            return report;
        } finally {
            tidyUp(() -> {
                leases.release(connection, lease);
                connection.setAutoCommit(autoCommit);
            });
        }
    }

    private void waiting(LeaseHolder holder) {
        listener.on(new UpgradeEvent.Waiting(schema, holder));
        givingWay.ask();
    }

    private UpgradeReport execute(Checked checked, Lease lease) throws SQLException {
        if (!checked.plan().isEmpty()) {
            listener.on(
                    new UpgradeEvent.Started(checked.plan(), checked.server().toString()));
        }
        String catalog = connection.getCatalog();
        PinnedSession session = new PinnedSessions(
                        settings.session(), schema, settings.waits().lock().toSeconds())
                .pin(connection);
        connection.setAutoCommit(false);
        try (LongStatementMonitor watch = new LongStatementMonitor(
                new ServerStages(surroundings.connections().beside(), ServerConnections.idOf(connection)),
                listener,
                settings.progressInterval())) {
            UpgradeReport report = run(checked, lease, session, watch);
            if (report.deferred().isEmpty()) {
                noteFingerprint(lease.number(), checked.plan());
            }
            connection.commit();
            return report;
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

    private UpgradeReport run(Checked checked, Lease lease, PinnedSession session, LongStatementMonitor watch)
            throws SQLException {
        try (PreparedStatements statements = new PreparedStatements(connection)) {
            UpgradeExecutor upgrade = prepared(checked, lease, session, watch, statements);
            executor = Optional.of(upgrade);
            return executed(upgrade, checked.plan());
        }
    }

    private UpgradeExecutor prepared(
            Checked checked,
            Lease lease,
            PinnedSession session,
            LongStatementMonitor watch,
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
                        new ServerLoadMonitor(settings.waits().throttle()),
                        givingWay.stopSign()),
                RetryPolicy.within(settings.waits().metadataLockRetry()),
                settings.schemas());
        return new UpgradeExecutor(
                plan,
                new CompletedReleases(graph, plan),
                new UpgradeExecutor.Tools(
                        new FlywayRun(connection, settings.schemas(), callbacks(plan)),
                        records,
                        writer,
                        lease,
                        runner,
                        checked.scripts(),
                        watch,
                        listener,
                        surroundings.clock()));
    }

    /** What is only recorded is no migration for callbacks. */
    private FlywayCallbacks callbacks(Plan plan) {
        return plan.runs().isEmpty() ? FlywayCallbacks.NONE : surroundings.callbacks();
    }

    private UpgradeReport executed(UpgradeExecutor upgrade, Plan plan) throws SQLException {
        try {
            upgrade.execute(inTarget(plan));
            return upgrade.report();
        } catch (StatementFailure e) {
            throw new UpgradeFailedException(List.of(e.finding()), upgrade.report(), e);
        } catch (FlywayStoppedException e) {
            throw new UpgradeFailedException(List.of(e.finding()), upgrade.report(), SafeCause.of(e));
        } catch (SQLException e) {
            if (ConnectionLostException.isMeantBy(e)) {
                throw e;
            }
            LockWaits waits = new ServerLockWaits(settings.schemas());
            if (waits.isLockedOut(e)) {
                throw new RecordsBlockedException(waits.blockersOf(connection, List.of()), e);
            }
            Finding finding =
                    new ServerErrors(ServerErrors.address(connection), settings.schemas()).explain(e, connection);
            throw new UpgradeFailedException(List.of(finding), upgrade.report(), SafeCause.of(e));
        }
    }

    private void noteFingerprint(long fence, Plan plan) throws SQLException {
        boolean isAhead =
                plan.from().filter(from -> from.isAfter(plan.target())).isPresent();
        if (surroundings.fingerprint().isPresent() && plan.deferred().isEmpty() && !isAhead) {
            new AppliedFingerprint(schema)
                    .note(connection, fence, surroundings.fingerprint().get(), plan.target());
        }
    }

    static Plan accepted(PlanResult planned) {
        if (planned instanceof Refusal refusal) {
            throw new UpgradeRefusedException(refusal.findings(), null);
        }
        return (Plan) planned;
    }
}
