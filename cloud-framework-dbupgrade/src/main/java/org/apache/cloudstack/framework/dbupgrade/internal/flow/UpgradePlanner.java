package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.HalfDone;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.UpgradeStatus;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlEffectProbe;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlOutcome;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.PauseFlag;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DefinitionEffects;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.ClusterView;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.DatabaseState;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.LineConflicts;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.MigrationAnalyses;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.MigrationPhases;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.Planner;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.ScriptPhaseResolver;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * From what a database has, and the migrations that could be read, to a plan; it only reads.
 *
 * @param settings how the upgrade is done
 * @param migrations all that the code brings
 * @param leases who upgrades
 * @param servers who uses the databases
 * @param recordsOnly whether plans record what other software brought, and run nothing
 */
public record UpgradePlanner(
        UpgradeSettings settings, Migrations migrations, Leases leases, Nodes servers, boolean recordsOnly) {

    /** The release that the code is: the one stated, or the newest among the migrations. */
    public ReleaseVersion code() {
        return settings.release().orElseGet(() -> migrations
                .versioned()
                .get(migrations.versioned().size() - 1)
                .name()
                .release());
    }

    /** The releases, with that of the code. */
    public ReleaseGraph graph() {
        return migrations.graph().with(code()).orElseThrow();
    }

    /** The phases of all migrations. */
    public MigrationPhases phases() {
        return MigrationPhases.of(migrations, settings.schemas().get(0));
    }

    /** The newest release with migrations that the code contains. */
    public Optional<ReleaseVersion> needed() {
        return planner(code()).needed();
    }

    public PlanResult plan(Connection connection) throws SQLException {
        DatabaseState state = state(connection);
        Planner planner = planner(code(), servers.seen(connection));
        PlanResult planned =
                planned(connection, settings.leaveBackground() ? planner.leavingBackground() : planner, state);
        if (planned instanceof Plan && !settings.unknownRelease().accepts(code(), migrations.graph())) {
            return new Refusal(List.of(FindingCode.UNKNOWN_RELEASE.about(
                    code().toString(), migrations.graph().releases().last())));
        }
        return recordsOnly && planned instanceof Plan plan ? plan.recordsOnly() : planned;
    }

    /** What the journal has for done and the databases lack is made again. */
    private PlanResult planned(Connection connection, Planner planner, DatabaseState state) throws SQLException {
        PlanResult planned = planner.plan(state, settings.baseline());
        if (!(planned instanceof Plan plan) || !(state instanceof DatabaseState.Managed)) {
            return planned;
        }
        LostObjects objects = new LostObjects(
                migrations.containedIn(graph(), code()),
                new MigrationAnalyses(migrations, settings.schemas().get(0)));
        Map<String, String> lost = objects.of(connection, plan, settings.schemas());
        PlanResult again = lost.isEmpty() ? plan : planner.again(lost).plan(state, settings.baseline());
        if (!(again instanceof Plan complete)) {
            return again;
        }
        List<Finding> missing = objects.needed(connection, complete, settings.schemas());
        return missing.isEmpty() ? complete : new Refusal(missing, Optional.of(complete.steps()));
    }

    /** The plan; throws what refuses it. */
    public Plan accepted(Connection connection) throws SQLException {
        return UpgradeAttempt.accepted(plan(connection));
    }

    /** The release of the code, where the databases have what it needs. */
    public ReleaseVersion validated(Connection connection) throws SQLException {
        Plan plan = accepted(connection);
        ReleaseVersion needed = needed().orElse(plan.target());
        boolean behind = plan.from().isEmpty()
                || plan.from().get().compareTo(needed) < 0
                || isManaged(connection) && !plan.isRestOnly();
        if (behind) {
            String found = plan.from().map(ReleaseVersion::toString).orElse("none (it is empty)");
            throw new UpgradeRefusedException(List.of(FindingCode.DATABASE_BEHIND.about(found, needed)), null);
        }
        return plan.target();
    }

    /** The same, with plans that run nothing. */
    public UpgradePlanner ofRecordsOnly() {
        return new UpgradePlanner(settings, migrations, leases, servers, true);
    }

    /** The same with other settings. */
    public UpgradePlanner with(UpgradeSettings other) {
        return new UpgradePlanner(other, migrations, leases, servers, recordsOnly);
    }

    /** What the databases have. */
    DatabaseState state(Connection connection) throws SQLException {
        return reader(connection).read(connection);
    }

    /** Whether the databases have a journal, rather than traces of other software. */
    public boolean isManaged(Connection connection) throws SQLException {
        return state(connection) instanceof DatabaseState.Managed;
    }

    public UpgradeStatus status(Connection connection) throws SQLException {
        StateReader reader = reader(connection);
        DatabaseState state = reader.read(connection);
        PlanResult planned = plan(connection);
        boolean isUpgraded = leases.isHeldElsewhere(connection);
        List<HalfDone> halfDone = isUpgraded ? List.of() : reader.halfDone(connection);
        return new UpgradeStatus(
                state.release(),
                Optional.of(code()),
                List.copyOf(migrations.graph().releases()),
                reader.history(connection),
                pending(planned).orElse(List.of()),
                // the row of a process that died names it until the next one upgrades
                isUpgraded ? leases.holder(connection) : Optional.empty(),
                isManaged(state)
                        ? PauseFlag.toPause(new Journal(settings.schemas().get(0)))
                                .reason(connection)
                        : Optional.empty(),
                servers.live(connection),
                halfDone,
                pending(planned).isPresent(),
                findings(planned, halfDone));
    }

    private static boolean isManaged(DatabaseState state) {
        return state instanceof DatabaseState.Managed
                || state instanceof DatabaseState.Unusable unusable
                        && unusable.otherwise()
                                .filter(UpgradePlanner::isManaged)
                                .isPresent();
    }

    private static Optional<List<Step>> pending(PlanResult planned) {
        return planned instanceof Plan plan ? Optional.of(plan.steps()) : ((Refusal) planned).pending();
    }

    /** Of a script that is refused, the refusal says all. */
    private static List<Finding> findings(PlanResult planned, List<HalfDone> halfDone) {
        List<Finding> findings = new ArrayList<>(planned instanceof Refusal refusal ? refusal.findings() : List.of());
        halfDone.stream()
                .filter(each ->
                        findings.stream().noneMatch(finding -> finding.subject().equals(each.script())))
                .map(HalfDone::finding)
                .toList()
                .forEach(findings::add);
        return findings;
    }

    /** Plans the way to a release, as if no other server existed. */
    Planner planner(ReleaseVersion release) {
        return planner(release, ClusterView.OFF);
    }

    Planner planner(ReleaseVersion release, ClusterView others) {
        String first = settings.schemas().get(0);
        MigrationAnalyses analyses = new MigrationAnalyses(migrations, first);
        return new Planner(migrations, release, new LineConflicts(analyses))
                .among(others, new ScriptPhaseResolver(migrations, first, analyses))
                .reading(analyses);
    }

    /** While another node upgrades, a statement under way is no interrupted one. */
    private StateReader reader(Connection connection) throws SQLException {
        String first = settings.schemas().get(0);
        DdlEffectProbe effects = leases.isHeldElsewhere(connection)
                ? (any, statements) -> DdlEffectProbe.Seen.of(DdlOutcome.NOT_DONE)
                : new DefinitionEffects(first);
        return new StateReader(settings.schemas(), migrations, effects);
    }
}
