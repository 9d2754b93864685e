package org.apache.cloudstack.framework.dbupgrade.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.plan.ConflictCheck;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Rules about releases and the lines between them. */
final class ReleaseRules {

    private final Migrations migrations;
    private final ReleaseGraph graph;
    private final ConflictCheck conflicts;

    ReleaseRules(Migrations migrations, ConflictCheck conflicts) {
        this.migrations = migrations;
        this.graph = migrations.graph();
        this.conflicts = conflicts;
    }

    /** What a patch release may not do, or not without a word. */
    List<LintFinding> patch(MigrationReading reading) {
        List<LintFinding> findings = new ArrayList<>();
        Migration migration = (Migration) reading.routine();
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
                                statement.statement().line(),
                                release + " is a patch release")),
                        () -> reading.firstDefinition()
                                .ifPresent(statement -> findings.add(new LintFinding(
                                        LintRule.PATCH_CHANGES_SCHEMA,
                                        migration.script(),
                                        statement.statement().line(),
                                        release + " is a patch release"))));
        return findings;
    }

    /** Changes that whoever goes to the newest release would lose. */
    List<LintFinding> notMergedForward() {
        NavigableSet<ReleaseVersion> releases = new TreeSet<>(graph.releases());
        releases.remove(ReleaseVersion.NEXT);
        if (releases.isEmpty()) {
            return List.of();
        }
        ReleaseVersion newest = releases.last();
        NavigableSet<ReleaseVersion> contained = graph.containedIn(newest);
        Set<ChangeId> inNewest = new HashSet<>();
        migrations.versioned().stream()
                .filter(migration -> contained.contains(migration.name().release()))
                .forEach(migration -> inNewest.add(migration.changeId()));
        return migrations.versioned().stream()
                .filter(migration -> !migration.name().release().isNext())
                .filter(migration -> !inNewest.contains(migration.changeId()))
                .map(migration -> new LintFinding(
                        LintRule.NOT_MERGED_FORWARD,
                        migration.script(),
                        0,
                        "release " + newest + " does not contain this change of "
                                + migration.name().release()))
                .toList();
    }

    /** Conflicts of every release that nothing follows, each told once. */
    List<LintFinding> conflicts() {
        Set<ReleaseVersion> followed = new HashSet<>();
        graph.releases().forEach(release -> followed.addAll(graph.follows(release)));
        Set<Finding> found = new java.util.LinkedHashSet<>();
        for (ReleaseVersion head : graph.releases()) {
            if (!followed.contains(head)) {
                NavigableSet<ReleaseVersion> contained = graph.containedIn(head);
                List<Migration> its = migrations.versioned().stream()
                        .filter(migration -> contained.contains(migration.name().release()))
                        .toList();
                found.addAll(conflicts.conflicts(graph, its, its));
            }
        }
        return found.stream()
                .map(finding -> new LintFinding(
                        LintRule.CONFLICT,
                        finding.subject(),
                        0,
                        finding.problem().replaceFirst("\\.$", "")))
                .toList();
    }
}
