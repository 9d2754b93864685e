package org.apache.cloudstack.framework.dbupgrade.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.sql.ScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.ScriptClash;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.ScriptComparison;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.sql.footprint.DeclaredFootprint;

/**
 * Compares migrations of parallel lines by what they read and write. A pair that does not commute, or of which that cannot
 * be decided, is a conflict until someone who looked says otherwise: in one of the two, or in a migration of a release that
 * contains both.
 */
public final class LineConflicts implements ConflictCheck {

    private static final int STATEMENT_SHOWN = 60;

    private final ScriptSplitter splitter;
    private final String schema;

    /**
     * Reads scripts with the given splitter.
     *
     * @param schema the current database of every migration
     */
    public LineConflicts(ScriptSplitter splitter, String schema) {
        this.splitter = splitter;
        this.schema = schema;
    }

    @Override
    public List<Finding> conflicts(ReleaseGraph graph, Collection<Migration> contained, Collection<Migration> toRun) {
        return new Comparison(graph, contained).among(toRun);
    }

    /** One comparison, which reads each migration at most once. */
    private final class Comparison {

        private final ReleaseGraph graph;
        private final Collection<Migration> contained;
        private final List<Migration> settlers;
        private final Map<ReleaseVersion, Set<ReleaseVersion>> containedIn = new HashMap<>();
        private final Map<String, Optional<List<Analysis>>> analyses = new HashMap<>();

        Comparison(ReleaseGraph graph, Collection<Migration> contained) {
            this.graph = graph;
            this.contained = contained;
            this.settlers = contained.stream()
                    .filter(each -> !each.directives().resolves().isEmpty())
                    .toList();
        }

        List<Finding> among(Collection<Migration> toRun) {
            List<Finding> findings = new ArrayList<>();
            Set<Migration> done = new HashSet<>();
            for (Migration migration : toRun) {
                done.add(migration);
                for (Migration other : contained) {
                    if (!done.contains(other) && areParallel(migration, other) && !isSettled(migration, other)) {
                        conflict(migration, other).ifPresent(findings::add);
                    }
                }
            }
            return findings;
        }

        private boolean areParallel(Migration one, Migration other) {
            ReleaseVersion a = one.name().release();
            ReleaseVersion b = other.name().release();
            return !a.equals(b)
                    && !(a.isAfter(b) ? contents(a).contains(b) : contents(b).contains(a))
                    && !one.changeId().equals(other.changeId());
        }

        private Set<ReleaseVersion> contents(ReleaseVersion release) {
            return containedIn.computeIfAbsent(release, key -> new HashSet<>(graph.containedIn(key)));
        }

        private boolean isSettled(Migration one, Migration other) {
            String a = one.name().place();
            String b = other.name().place();
            return one.directives().commutesWith().containsKey(b)
                    || other.directives().commutesWith().containsKey(a)
                    || settlers.stream()
                            .filter(each -> each.directives().resolves().contains(a)
                                    && each.directives().resolves().contains(b))
                            .anyMatch(each -> contents(each.name().release())
                                    .containsAll(Set.of(
                                            one.name().release(), other.name().release())));
        }

        private Optional<Finding> conflict(Migration one, Migration other) {
            Migration first = one.name().compareTo(other.name()) < 0 ? one : other;
            Migration second = first == one ? other : one;
            Optional<List<Analysis>> here = analysis(first);
            Optional<List<Analysis>> there = analysis(second);
            if (here.isEmpty() || there.isEmpty()) {
                Migration unknown = here.isEmpty() ? first : second;
                return Optional.of(finding(
                        first,
                        second,
                        "what " + unknown.script() + " reads and writes is not declared (MigrationOptions, reads and"
                                + " writes)"));
            }
            return ScriptComparison.of(here.get(), there.get()).clashes().stream()
                    .findFirst()
                    .map(clash -> finding(first, second, words(clash, first, second)));
        }

        private Optional<List<Analysis>> analysis(Migration migration) {
            return analyses.computeIfAbsent(migration.key(), key -> LineConflicts.this.analysis(migration));
        }
    }

    private Optional<List<Analysis>> analysis(Migration migration) {
        if (migration.source() instanceof Source.Script script) {
            return Optional.of(
                    new StatementAnalyzer().analyze(splitter.split(migration.script(), script.text()), schema));
        }
        Source.Java java = (Source.Java) migration.source();
        if (java.reads().isEmpty() && java.writes().isEmpty()) {
            return Optional.empty();
        }
        SqlStatement code = new SqlStatement(1, 1, "Java code");
        return Optional.of(List.of(Analysis.declared(code, DeclaredFootprint.of(java.reads(), java.writes(), schema))));
    }

    private static String words(ScriptClash clash, Migration first, Migration second) {
        if (clash instanceof ScriptClash.Conflict conflict) {
            return words(conflict.first()) + ", against " + words(conflict.second()) + ": " + conflict.clash();
        }
        ScriptClash.Undecided undecided = (ScriptClash.Undecided) clash;
        Migration unknown = undecided.side() == ScriptClash.Side.FIRST ? first : second;
        return "in " + unknown.script() + ", " + words(undecided.statement()) + ", " + undecided.reason();
    }

    private static String words(SqlStatement statement) {
        String text = statement.withoutComments().replaceAll("\\s+", " ").strip();
        String shown = text.length() <= STATEMENT_SHOWN ? text : text.substring(0, STATEMENT_SHOWN) + "…";
        return "line " + statement.line() + " (" + shown + ")";
    }

    private static Finding finding(Migration first, Migration second, String why) {
        return FindingCode.CONFLICT.about(
                first.script(),
                second.script(),
                why,
                first.name().place() + "," + second.name().place(),
                second.name().place());
    }
}
