package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.LineConflicts;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementPhase;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.lint.LintRule;
import org.apache.cloudstack.framework.dbupgrade.migration.Changes;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.RunOnce;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Rules about releases and the lines between them. */
final class ReleaseRules {

    private final Migrations migrations;
    private final ReleaseGraph graph;
    private final LineConflicts lines;

    ReleaseRules(Migrations migrations, LineConflicts lines) {
        this.migrations = migrations;
        this.graph = migrations.graph();
        this.lines = lines;
    }

    /** What a patch release may not do, or not without a word. */
    List<LintFinding> patch(MigrationReading reading) {
        List<LintFinding> findings = new ArrayList<>();
        VersionedMigration migration = (VersionedMigration) reading.migration();
        if (!migration.name().release().isPatch()) {
            return findings;
        }
        String release = "release " + migration.name().release();
        if (migration.directives().reason().isEmpty()) {
            findings.add(new LintFinding(
                    LintRule.PATCH_WITHOUT_REASON, migration.script(), 1, release + " is a patch release"));
        }
        reading.firstContract()
                .ifPresentOrElse(
                        statement -> findings.add(new LintFinding(
                                LintRule.CONTRACT_IN_PATCH,
                                migration.script(),
                                statement.statement().statement().line(),
                                release + " is a patch release, and this takes away: " + statement.reason())),
                        () -> reading.firstDefinition()
                                .ifPresent(statement -> findings.add(new LintFinding(
                                        LintRule.PATCH_CHANGES_SCHEMA,
                                        migration.script(),
                                        statement.statement().line(),
                                        release + " is a patch release"))));
        return findings;
    }

    /**
     * What must wait and what need not, in one script. The first release has no older nodes, and anyone who declares the phase
     * has said what is to become of all of it.
     */
    List<LintFinding> mixed(MigrationReading reading) {
        VersionedMigration migration = (VersionedMigration) reading.migration();
        boolean isFirst = graph.follows(migration.name().release()).isEmpty();
        if (isFirst || migration.directives().phase().isPresent()) {
            return List.of();
        }
        return reading.phases().split().stream()
                .map(statement -> new LintFinding(
                        LintRule.PHASE_MIXED,
                        migration.script(),
                        statement.statement().statement().line(),
                        words(reading, statement)))
                .toList();
    }

    private static String words(MigrationReading reading, StatementPhase statement) {
        if (statement.isMixed()) {
            return "this statement does both: " + statement.reason();
        }
        boolean waits = statement.phase().equals(Optional.of(Phase.CONTRACT));
        StatementPhase contract = reading.phases().firstContract().orElse(statement);
        return waits
                ? "what stands above need not wait, and this must: " + statement.reason()
                : "what starts here need not wait, and line "
                        + contract.statement().statement().line() + " must: " + contract.reason();
    }

    /** Changes that anyone who goes to the newest release would lose. */
    List<LintFinding> notMergedForward() {
        NavigableSet<ReleaseVersion> releases = new TreeSet<>(graph.releases());
        releases.remove(ReleaseVersion.NEXT);
        if (releases.isEmpty()) {
            return List.of();
        }
        ReleaseVersion newest = releases.last();
        NavigableSet<ReleaseVersion> contained = graph.containedIn(newest);
        Changes changes = migrations.changes(graph);
        Set<Optional<RunOnce>> inNewest = new HashSet<>();
        migrations.versioned().stream()
                .filter(migration -> contained.contains(migration.name().release()))
                .forEach(migration -> inNewest.add(changes.of(migration)));
        return migrations.versioned().stream()
                .filter(migration -> !migration.name().release().isNext())
                .filter(migration -> !inNewest.contains(changes.of(migration)))
                .map(migration -> new LintFinding(
                        LintRule.NOT_MERGED_FORWARD,
                        migration.script(),
                        0,
                        "release " + newest + " does not contain this change of "
                                + migration.name().release()))
                .toList();
    }

    /** Conflicts of every release that nothing follows, each reported once. */
    List<LintFinding> conflicts() {
        Set<Finding> found = new LinkedHashSet<>();
        contentsOfHeads().forEach(its -> found.addAll(lines.conflicts(graph, its, its)));
        return found.stream()
                .map(finding -> new LintFinding(
                        LintRule.CONFLICT,
                        finding.subject(),
                        0,
                        finding.problem().replaceFirst("\\.$", "")))
                .toList();
    }

    /** What differs with the way to such a release, without harm. */
    List<LintFinding> differences() {
        Set<LineConflicts.LineDifference> found = new LinkedHashSet<>();
        contentsOfHeads().forEach(its -> found.addAll(lines.differences(graph, its)));
        return found.stream()
                .map(difference -> new LintFinding(
                        LintRule.HARMLESS_DIFFERENCE,
                        difference.first().script(),
                        0,
                        "with " + difference.second().script() + ", " + difference.text()))
                .toList();
    }

    private List<List<VersionedMigration>> contentsOfHeads() {
        Set<ReleaseVersion> followed = new HashSet<>();
        graph.releases().forEach(release -> followed.addAll(graph.follows(release)));
        return graph.releases().stream()
                .filter(release -> !followed.contains(release))
                .map(this::migrationsIn)
                .toList();
    }

    private List<VersionedMigration> migrationsIn(ReleaseVersion head) {
        NavigableSet<ReleaseVersion> contained = graph.containedIn(head);
        return migrations.versioned().stream()
                .filter(migration -> contained.contains(migration.name().release()))
                .toList();
    }
}
