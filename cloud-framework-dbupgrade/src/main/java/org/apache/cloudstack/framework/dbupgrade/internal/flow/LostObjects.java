package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.PresentObjects;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.MigrationAnalyses;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;

/**
 * Repeatables that the journal has for done while something that they make is not in the databases, as after a restore without
 * routines. What a migration runs for may need it, so they run again.
 */
final class LostObjects {

    private final List<Migration> inTarget;
    private final MigrationAnalyses analyses;

    /**
     * Among these.
     *
     * @param inTarget all migrations of the target
     */
    LostObjects(List<Migration> inTarget, MigrationAnalyses analyses) {
        this.inTarget = inTarget;
        this.analyses = analyses;
    }

    /** Why repeatables that a plan does not run have to run again, by key; none where the plan runs nothing. */
    Map<String, String> of(Connection connection, Plan plan, List<String> schemas) throws SQLException {
        Set<Migration> planned = plan.steps().stream().map(Step::migration).collect(Collectors.toSet());
        List<RepeatableMigration> done = inTarget.stream()
                .filter(RepeatableMigration.class::isInstance)
                .map(RepeatableMigration.class::cast)
                .filter(repeatable -> !planned.contains(repeatable))
                .toList();
        if (plan.isFreshInstall() || plan.runs().isEmpty() || done.isEmpty()) {
            return Map.of();
        }
        PresentObjects present = PresentObjects.read(connection, schemas);
        Map<String, String> lost = new LinkedHashMap<>();
        for (RepeatableMigration repeatable : done) {
            analyses.made(repeatable).stream()
                    .filter(present::isMissing)
                    .filter(object -> !isDropped(object, repeatable))
                    .findFirst()
                    .ifPresent(object -> lost.put(repeatable.key(), "the " + named(object) + " is missing"));
        }
        return lost;
    }

    /** What the statements of a plan need and the databases lack, although an applied migration made it. */
    List<Finding> needed(Connection connection, Plan plan, List<String> schemas) throws SQLException {
        if (plan.isFreshInstall() || plan.runs().isEmpty()) {
            return List.of();
        }
        PresentObjects present = PresentObjects.read(connection, schemas);
        Set<Migration> pending = plan.runs().stream().map(Step::migration).collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>();
        for (NeededObjects.Missing missing : new NeededObjects(present, schemas.get(0)).missingFor(plan.runs())) {
            maker(missing.object(), pending)
                    .ifPresent(maker -> findings.add(FindingCode.OBJECT_MISSING.about(
                            missing.script(), missing.line(), missing.object(), maker.script())));
        }
        return findings;
    }

    /** The applied migration that made it last, if none after it dropped it. */
    private Optional<Migration> maker(SchemaObject object, Set<Migration> pending) {
        Optional<Migration> maker = Optional.empty();
        for (Migration migration : inTarget) {
            if (!pending.contains(migration)) {
                if (analyses.drops(migration, object)) {
                    maker = Optional.empty();
                }
                if (analyses.made(migration).contains(object)) {
                    maker = Optional.of(migration);
                }
            }
        }
        return maker;
    }

    private static String named(SchemaObject object) {
        return object.kind() == SchemaObject.Kind.TABLE
                ? object.toString().replaceFirst("^table", "table or view")
                : object.toString();
    }

    /** A procedure for migrations is often dropped by the last of them. */
    private boolean isDropped(SchemaObject object, RepeatableMigration by) {
        return by.runsBefore()
                && inTarget.stream()
                        .filter(VersionedMigration.class::isInstance)
                        .anyMatch(migration -> analyses.drops(migration, object));
    }
}
