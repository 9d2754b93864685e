package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.execute.Journal;
import org.apache.cloudstack.framework.dbupgrade.execute.MigrationRunner;
import org.apache.cloudstack.framework.dbupgrade.execute.Resolution;
import org.apache.cloudstack.framework.dbupgrade.execute.Settlement;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayEngine;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.lint.Lint;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.migration.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.mysql.DefinitionEffects;
import org.apache.cloudstack.framework.dbupgrade.mysql.PinnedSessions;
import org.apache.cloudstack.framework.dbupgrade.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.mysql.SelectedSchema;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerLock;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Planned;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.preflight.Preflight;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.report.Durations;
import org.apache.cloudstack.framework.dbupgrade.report.GraphPicture;
import org.apache.cloudstack.framework.dbupgrade.sql.ScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.UnreadableScriptException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

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

    private static final int VALID_WITHIN_SECONDS = 5;

    private final DataSource dataSource;
    private final UpgradeSettings settings;
    private final MigrationSource migrationSource;
    private final Preflight preflight;
    private final UpgradeListener listener;
    private final Clock clock;
    private final ScriptSplitter splitter = new FlywayScriptSplitter();

    DatabaseUpgrade(DatabaseUpgradeBuilder builder) {
        this.dataSource = builder.dataSource;
        this.settings = builder.settings;
        this.migrationSource = builder.migrationSource();
        this.preflight = new Preflight(builder.checks);
        this.listener = builder.listener();
        this.clock = builder.clock;
    }

    /** Begins to make an instance for the server behind the data source, whose user may change the databases. */
    public static DatabaseUpgradeBuilder of(DataSource dataSource) {
        return new DatabaseUpgradeBuilder(dataSource);
    }

    /**
     * Upgrades the databases to the release of the code; when nothing is pending, nothing is changed.
     *
     * @throws UpgradeRefusedException when the upgrade was not begun
     * @throws UpgradeFailedException when it stopped; the next one goes on there
     */
    public UpgradeReport upgrade() {
        Planning planning = planning();
        return connected(connection -> {
            // a refusal is told under the lock only, for another server may be about to remove its reason
            Planned planned = planning.plan(connection);
            return planned instanceof Plan plan && plan.isEmpty()
                    ? nothingPending(plan)
                    : upgradeAlone(connection, planning);
        });
    }

    /**
     * Makes sure that the databases have what the code needs, and changes nothing.
     *
     * @throws UpgradeRefusedException when they have not, or have more than the code knows
     */
    public void validate() {
        Planning planning = planning();
        connected(connection -> {
            Plan plan = accepted(planning.plan(connection));
            ReleaseVersion needed = planning.needed().orElse(plan.target());
            boolean behind = plan.from().isEmpty()
                    || plan.from().get().compareTo(needed) < 0
                    || planning.isManaged(connection) && !plan.steps().isEmpty();
            if (behind) {
                String found = plan.from().map(ReleaseVersion::toString).orElse("none (it is empty)");
                throw refused(FindingCode.DATABASE_BEHIND.about(found, needed));
            }
            return plan;
        });
    }

    /**
     * Settles what a start refuses with {@link FindingCode#MIGRATION_INTERRUPTED}: says whether the statement that was cut
     * off took effect. The next upgrade goes on behind it, or with it.
     *
     * @param script the file that was interrupted
     * @throws IllegalArgumentException when nothing of that script is to be settled
     */
    public void resolve(String script, Resolution resolution) {
        Migrations migrations = readable();
        Routine routine = migrations.versioned().stream()
                .filter(each -> each.script().equals(script))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no migration " + script));
        boolean settled = connected(connection -> routine.source() instanceof Source.Script source
                && new Settlement(new Journal(settings.schemas().get(0)))
                        .settle(connection, routine, splitter.split(script, source.text()), resolution));
        if (!settled) {
            throw new IllegalArgumentException("Nothing of " + script + " was interrupted");
        }
    }

    /** Checks the migrations against the rules of conventions.md; asks no database. */
    public List<LintFinding> lint() {
        return new Lint(splitter, settings.schemas().get(0)).check(migrationSource.scan());
    }

    /**
     * The releases as a picture, with the positions of database and code; see {@code GraphText} and {@code GraphSvg}.
     *
     * @throws UpgradeRefusedException when the migrations cannot be read
     */
    public GraphPicture graph() {
        Migrations migrations = readable();
        UpgradeStatus status = status();
        Map<ReleaseVersion, Integer> counts = new TreeMap<>();
        migrations.byRelease().forEach((release, its) -> counts.put(release, its.size()));
        return GraphPicture.of(
                migrations.graph(),
                migrations.declarations(),
                counts,
                new GraphPicture.Position(status.database(), status.code()));
    }

    /** Tells where the databases are and what is pending; what is wrong with them is told, not thrown. */
    public UpgradeStatus status() {
        ScanResult scanned = migrationSource.scan();
        try {
            if (!scanned.findings().isEmpty()) {
                throw new UpgradeRefusedException(scanned.findings(), null);
            }
            return connected(planning(scanned.migrations())::status);
        } catch (UpgradeRefusedException e) {
            return new UpgradeStatus(
                    Optional.empty(),
                    settings.release(),
                    List.copyOf(scanned.migrations().graph().releases()),
                    List.of(),
                    List.of(),
                    e.findings());
        }
    }

    private UpgradeReport nothingPending(Plan plan) {
        UpgradeReport report =
                new UpgradeReport(plan.from(), Optional.of(plan.target()), List.of(), 0, List.of(), Duration.ZERO);
        listener.on(new UpgradeEvent.Finished(report));
        return report;
    }

    /** Plans again under the lock, since another server may have upgraded while this one waited for it. */
    private UpgradeReport upgradeAlone(Connection connection, Planning planning) throws SQLException {
        String first = settings.schemas().get(0);
        ServerLock lock = new ServerLock(first);
        if (!lock.acquire(connection, Duration.ZERO)) {
            listener.on(new UpgradeEvent.Waiting(first));
            if (!lock.acquire(connection, settings.patience())) {
                throw refused(FindingCode.UPGRADE_RUNNING.about(first, Durations.text(settings.patience())));
            }
        }
        try {
            Plan plan = accepted(planning.plan(connection));
            return plan.isEmpty() ? nothingPending(plan) : execute(connection, plan, planning);
        } finally {
            lock.release(connection);
        }
    }

    private UpgradeReport execute(Connection connection, Plan plan, Planning planning) throws SQLException {
        String server = checked(connection, plan).toString();
        listener.on(new UpgradeEvent.Started(plan, server));
        List<String> schemas = settings.schemas();
        Migrations migrations = planning.migrations();
        ReleaseGraph graph = planning.graph();
        NavigableMap<ReleaseVersion, ReleaseId> ids = migrations.releaseIds(graph);
        UpgradeRun.Tools tools = new UpgradeRun.Tools(
                new UpgradeRecords(connection, settings, release -> ids.get(graph.atOrBelow(release))),
                new FlywayEngine(new SelectedSchema(dataSource, schemas.get(0)), schemas),
                new MigrationRunner(
                        new Journal(schemas.get(0)),
                        splitter,
                        new PinnedSessions(settings.session()),
                        new DefinitionEffects(schemas.get(0)),
                        schemas),
                new ServerErrors(ServerErrors.address(connection), schemas),
                listener,
                clock);
        List<Routine> inTarget = migrations.containedIn(graph, plan.target());
        UpgradeReport report = new UpgradeRun(plan, inTarget, new ReleaseProgress(graph, plan), tools).execute();
        listener.on(new UpgradeEvent.Finished(report));
        return report;
    }

    /** All that can be known to go wrong is looked at before the first change. */
    private DatabaseServer checked(Connection connection, Plan plan) throws SQLException {
        List<Finding> unreadable = unreadable(plan);
        if (!unreadable.isEmpty()) {
            throw new UpgradeRefusedException(unreadable, null);
        }
        DatabaseServer server = DatabaseServer.of(connection);
        server.objection().ifPresent(finding -> {
            throw refused(finding);
        });
        if (server.readOnly()) {
            throw refused(FindingCode.SERVER_READ_ONLY.about(ServerErrors.address(connection)));
        }
        List<String> missing = new Schemas(settings.schemas()).missing(connection);
        if (!missing.isEmpty() && !settings.createSchemas()) {
            throw new UpgradeRefusedException(
                    missing.stream().map(FindingCode.DATABASE_MISSING::about).toList(), null);
        }
        if (!missing.contains(settings.schemas().get(0))) {
            connection.setCatalog(settings.schemas().get(0));
        }
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        List<Finding> findings = preflight.check(new PreflightContext(jdbc, plan, settings.schemas()));
        List<Finding> stops = findings.stream()
                .filter(finding -> finding.code() == FindingCode.PREFLIGHT_STOP)
                .toList();
        if (!stops.isEmpty()) {
            throw new UpgradeRefusedException(stops, null);
        }
        findings.forEach(finding -> listener.on(new UpgradeEvent.Warned(finding)));
        return server;
    }

    /** Every script that will run is read to its end before one is run. */
    private List<Finding> unreadable(Plan plan) {
        List<Finding> findings = new ArrayList<>();
        for (Step step : plan.runs()) {
            if (step.routine().source() instanceof Source.Script script) {
                try {
                    splitter.split(step.routine().script(), script.text());
                } catch (UnreadableScriptException e) {
                    findings.add(FindingCode.UNREADABLE_SCRIPT.about(e.script(), e.reason()));
                }
            }
        }
        return findings;
    }

    private Planning planning() {
        return planning(readable());
    }

    private Planning planning(Migrations migrations) {
        return new Planning(settings, splitter, migrations);
    }

    private Migrations readable() {
        ScanResult scanned = migrationSource.scan();
        if (!scanned.findings().isEmpty()) {
            throw new UpgradeRefusedException(scanned.findings(), null);
        }
        return scanned.migrations();
    }

    private static Plan accepted(Planned planned) {
        if (planned instanceof Refusal refusal) {
            throw new UpgradeRefusedException(refusal.findings(), null);
        }
        return (Plan) planned;
    }

    private static UpgradeRefusedException refused(Finding finding) {
        return new UpgradeRefusedException(List.of(finding), null);
    }

    private <T> T connected(Work<T> work) {
        String address = ServerErrors.address(dataSource);
        try (Connection connection = dataSource.getConnection()) {
            address = ServerErrors.address(connection);
            String catalog = connection.getCatalog();
            boolean hadDatabase = SelectedSchema.hasCurrentDatabase(connection);
            try {
                return work.on(connection);
            } finally {
                if (hadDatabase && connection.isValid(VALID_WITHIN_SECONDS)) {
                    connection.setCatalog(catalog);
                }
            }
        } catch (SQLException e) {
            throw new UpgradeRefusedException(List.of(new ServerErrors(address, settings.schemas()).explain(e)), e);
        } catch (UnreadableScriptException e) {
            throw new UpgradeRefusedException(List.of(FindingCode.UNREADABLE_SCRIPT.about(e.script(), e.reason())), e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
