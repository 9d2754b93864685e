package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.InterruptionReading;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.PresentProcedures;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.PresentPrograms;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.PresentSchema;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.TableSizes;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.MigrationPhases;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.KnownProcedures;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.PhaseAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.ScriptPhase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.KnownSchema;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.preflight.PlanImpact;
import org.apache.cloudstack.framework.dbupgrade.preflight.StepImpact;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * A plan, looked at on the server at hand.
 *
 * @param impact what each step means
 * @param operations what the steps that run do, as far as that is known
 */
public record PlanInspection(PlanImpact impact, List<Operation> operations) {

    public PlanInspection {
        operations = List.copyOf(operations);
    }

    /**
     * Looks at scripts, the catalog and table sizes; changes nothing.
     *
     * @param phases the phases of all migrations
     * @param schemas the databases; the first is the current one of every script
     * @throws SQLException when the server does not answer
     */
    public static PlanInspection of(Connection connection, Plan plan, MigrationPhases phases, List<String> schemas)
            throws SQLException {
        return of(connection, plan, schemas, (migration, script) -> phases.phase(migration));
    }

    /**
     * The same where only the plan is at hand: phases follow from its scripts and from what is in the databases.
     *
     * @throws SQLException when the server does not answer
     */
    public static PlanInspection of(Connection connection, Plan plan, List<String> schemas) throws SQLException {
        return of(connection, plan, schemas, (migration, script) -> migration
                .directives()
                .phase()
                .orElseGet(script::phase));
    }

    private static PlanInspection of(
            Connection connection, Plan plan, List<String> schemas, BiFunction<Migration, ScriptPhase, Phase> phases)
            throws SQLException {
        if (plan.steps().isEmpty()) {
            return new PlanInspection(new PlanImpact(plan, List.of()), List.of());
        }
        KnownSchema known = new KnownSchema();
        PresentSchema.read(connection, schemas).forEach(known::remember);
        PhaseAnalyzer reading = new PhaseAnalyzer(known);
        TableWays ways = new TableWays(
                DatabaseServer.of(connection).line(), schemas.get(0), TableSizes.read(connection, schemas));
        InterruptionReading interruptions = PresentPrograms.read(connection);
        List<StepImpact> steps = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        Optional<ReleaseVersion> release = Optional.empty();
        KnownProcedures procedures = KnownProcedures.NONE;
        for (Step step : plan.steps()) {
            Optional<ReleaseVersion> its = release(step.migration());
            if (steps.isEmpty() || !its.equals(release)) {
                reading.beginRelease();
                release = its;
            }
            List<SqlStatement> statements = step.migration().statements();
            StatementAnalyzer analyzer = new StatementAnalyzer(
                    procedures.declaring(step.migration().directives().calls()));
            List<Analysis> analyses = analyze(connection, analyzer, statements, schemas.get(0));
            procedures = analyzer.after(statements, schemas.get(0));
            ScriptPhase script = reading.read(analyses);
            List<String> left = interruptions.read(analyses).stream()
                    .map(InterruptionReading.Left::problem)
                    .toList();
            steps.add(new StepImpact(
                    step,
                    phases.apply(step.migration(), script),
                    step.runs() ? ways.of(script) : List.of(),
                    step.runs() && step.migration() instanceof VersionedMigration ? left : List.of()));
            if (step.runs()) {
                operations.addAll(operations(script));
            }
        }
        return new PlanInspection(new PlanImpact(plan, steps), operations);
    }

    /** Procedures that no step creates, the server may have. */
    private static List<Analysis> analyze(
            Connection connection, StatementAnalyzer analyzer, List<SqlStatement> statements, String schema)
            throws SQLException {
        List<Analysis> analyses = analyzer.analyze(statements, schema);
        List<ObjectName> called = analyses.stream()
                .filter(each -> each.unknown().isPresent())
                .flatMap(each -> each.calls().stream())
                .distinct()
                .toList();
        List<Analysis> again = called.isEmpty()
                ? analyses
                : new StatementAnalyzer(PresentProcedures.read(connection, called)).analyze(statements, schema);
        List<Analysis> best = new ArrayList<>();
        for (int i = 0; i < analyses.size(); i++) {
            best.add(analyses.get(i).unknown().isPresent() ? again.get(i) : analyses.get(i));
        }
        return best;
    }

    private static Optional<ReleaseVersion> release(Migration migration) {
        return migration instanceof VersionedMigration versioned
                ? Optional.of(versioned.name().release())
                : Optional.empty();
    }

    private static List<Operation> operations(ScriptPhase script) {
        return script.statements().stream()
                .flatMap(each -> each.statement().operations().stream())
                .toList();
    }
}
