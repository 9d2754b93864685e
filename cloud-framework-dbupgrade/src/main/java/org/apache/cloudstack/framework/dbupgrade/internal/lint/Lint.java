package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.UnmarkedTransactions;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.LineConflicts;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.MigrationAnalyses;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.ProceduresBefore;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.VerificationQuery;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.PhaseAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.ScriptPhase;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.lint.LintRule;
import org.apache.cloudstack.framework.dbupgrade.migration.Changes;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.RunOnce;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Checks migrations against all rules; it needs no database. */
public final class Lint {

    private static final Comparator<LintFinding> BY_PLACE = Comparator.comparing(LintFinding::script)
            .thenComparing(LintFinding::line)
            .thenComparing(LintFinding::rule);

    private final String schema;

    /**
     * @param schema the current database of every migration
     */
    public Lint(String schema) {
        this.schema = schema;
    }

    /** All rules that are broken and not waived, by file and line; each once for each script. */
    public List<LintFinding> check(ScanResult scanned) {
        return grouped(all(scanned));
    }

    /** The same for what a release and those after it bring; what is shipped already cannot be changed any more. */
    public List<LintFinding> check(ScanResult scanned, ReleaseVersion from) {
        Set<String> shipped = new HashSet<>();
        Set<String> open = new HashSet<>();
        scanned.migrations()
                .versioned()
                .forEach(migration ->
                        (migration.name().release().compareTo(from) < 0 ? shipped : open).add(migration.script()));
        return grouped(all(scanned).stream()
                .filter(finding ->
                        !shipped.contains(finding.script()) || open.stream().anyMatch(finding.problem()::contains))
                .toList());
    }

    private static List<LintFinding> grouped(List<LintFinding> findings) {
        Map<List<Object>, List<LintFinding>> groups = new LinkedHashMap<>();
        findings.forEach(each -> groups.computeIfAbsent(List.of(each.script(), each.rule()), any -> new ArrayList<>())
                .add(each));
        return groups.values().stream()
                .map(group -> group.get(0).with(group.subList(1, group.size())))
                .toList();
    }

    private List<LintFinding> all(ScanResult scanned) {
        List<LintFinding> findings = new ArrayList<>(unreadable(scanned.migrations()));
        if (findings.isEmpty()) {
            findings.addAll(check(scanned.migrations()));
        }
        scanned.expectations().queries().forEach(query -> findings.addAll(check(query)));
        scanned.findings()
                .forEach(finding -> findings.add(new LintFinding(
                        LintRule.NAME, finding.subject(), 0, finding.problem().replaceFirst("\\.$", ""))));
        findings.sort(BY_PLACE);
        return findings;
    }

    private List<LintFinding> unreadable(Migrations migrations) {
        List<LintFinding> findings = new ArrayList<>();
        Stream.<Migration>concat(migrations.versioned().stream(), migrations.repeatables().stream())
                .forEach(migration -> {
                    try {
                        UnmarkedTransactions.in(migration, migration.statements())
                                .ifPresent(finding -> findings.add(new LintFinding(
                                        LintRule.NAME,
                                        finding.subject(),
                                        0,
                                        finding.problem().replaceFirst("\\.$", ""))));
                    } catch (UnreadableScriptException e) {
                        findings.add(new LintFinding(LintRule.NAME, e.script(), 0, "it cannot be read: " + e.reason()));
                    }
                });
        return findings;
    }

    private List<LintFinding> check(VerificationQuery query) {
        try {
            return query.objections(ClientSplitter.split(query.script(), query.text())).stream()
                    .map(finding -> new LintFinding(
                            LintRule.NAME, query.script(), 0, finding.problem().replaceFirst("\\.$", "")))
                    .toList();
        } catch (UnreadableScriptException e) {
            return List.of(new LintFinding(LintRule.NAME, e.script(), 0, "it cannot be read: " + e.reason()));
        }
    }

    private List<LintFinding> check(Migrations migrations) {
        if (migrations.versioned().isEmpty()) {
            return List.of();
        }
        StatementRules statements = new StatementRules();
        PhaseAnalyzer phases = new PhaseAnalyzer();
        ProceduresBefore scripts = new ProceduresBefore(migrations, schema);
        ReleaseRules releases =
                new ReleaseRules(migrations, new LineConflicts(new MigrationAnalyses(migrations, schema)));
        List<LintFinding> findings = new ArrayList<>();
        migrations.repeatables(true).forEach(repeatable -> statements.check(read(repeatable, phases, scripts)));
        Changes changes = migrations.changes(migrations.graph());
        Map<RunOnce, ScriptPhase> read = new HashMap<>();
        ReleaseVersion current = null;
        for (VersionedMigration migration : migrations.versioned()) {
            if (!migration.name().release().equals(current)) {
                statements.beginRelease();
                phases.beginRelease();
                current = migration.name().release();
            }
            Optional<RunOnce> change = changes.of(migration);
            Optional<ScriptPhase> first = change.map(read::get);
            // the copy in another line finds what the first one left
            MigrationReading reading = first.map(known -> new MigrationReading(migration, known))
                    .orElseGet(() -> read(migration, phases, scripts));
            change.ifPresent(each -> read.put(each, reading.phases()));
            if (first.isEmpty()) {
                statements.check(reading);
            }
            findings.addAll(releases.patch(reading));
            findings.addAll(releases.mixed(reading));
        }
        phases.beginRelease();
        migrations.repeatables(false).forEach(repeatable -> statements.check(read(repeatable, phases, scripts)));
        findings.addAll(statements.findings());
        findings.addAll(releases.notMergedForward());
        findings.addAll(releases.conflicts());
        findings.addAll(releases.differences());
        return withoutWaived(migrations, findings);
    }

    private static MigrationReading read(Migration migration, PhaseAnalyzer phases, ProceduresBefore scripts) {
        return new MigrationReading(migration, phases.read(scripts.analyze(migration)));
    }

    private static List<LintFinding> withoutWaived(Migrations migrations, List<LintFinding> findings) {
        Map<String, Map<String, String>> waivers = new HashMap<>();
        List<LintFinding> left = new ArrayList<>();
        Stream.<Migration>concat(migrations.versioned().stream(), migrations.repeatables().stream())
                .forEach(migration -> {
                    waivers.put(migration.script(), migration.directives().waives());
                    migration.directives().waives().keySet().stream()
                            .filter(id -> LintRule.of(id).isEmpty())
                            .forEach(id -> left.add(new LintFinding(
                                    LintRule.UNKNOWN_WAIVER, migration.script(), 1, "there is no rule '" + id + "'")));
                });
        findings.stream()
                .filter(finding -> !waivers.getOrDefault(finding.script(), Map.of())
                        .containsKey(finding.rule().id()))
                .forEach(left::add);
        left.sort(BY_PLACE);
        return left;
    }
}
