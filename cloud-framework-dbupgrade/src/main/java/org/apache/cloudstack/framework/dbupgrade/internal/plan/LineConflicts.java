package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.ScriptClash;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.ScriptComparison;
import org.apache.cloudstack.framework.dbupgrade.migration.Changes;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.apache.cloudstack.framework.dbupgrade.migration.RunOnce;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Compares migrations of parallel lines by what they read and write. A pair that does not commute, or of which that cannot
 * be decided, is a conflict until someone who looked says otherwise: in one of the two, or in a migration of a release that
 * contains both.
 */
public final class LineConflicts implements ConflictCheck {

    private static final int STATEMENT_SHOWN = 60;

    private final MigrationAnalyses analyses;

    /** Compares what was read. */
    public LineConflicts(MigrationAnalyses analyses) {
        this.analyses = analyses;
    }

    @Override
    public List<Finding> conflicts(
            ReleaseGraph graph, Collection<VersionedMigration> contained, Collection<VersionedMigration> toRun) {
        return graph.isLine() ? List.of() : new Comparison(graph, contained).conflictsOf(toRun);
    }

    /** What differs with the order of parallel migrations although they commute, such as the order of columns. */
    public List<LineDifference> differences(ReleaseGraph graph, Collection<VersionedMigration> contained) {
        return graph.isLine() ? List.of() : new Comparison(graph, contained).differences();
    }

    /**
     * A difference without harm.
     *
     * @param first the migration with the lower version
     * @param second the other one, of a parallel line
     * @param text what differs
     */
    public record LineDifference(VersionedMigration first, VersionedMigration second, String text) {}

    private record Pair(VersionedMigration first, VersionedMigration second) {}

    /** One comparison. */
    private final class Comparison {

        private final ReleaseGraph graph;
        private final Collection<VersionedMigration> contained;
        private final Changes changes;
        private final Map<RunOnce, List<MigrationName>> carriers;
        private final List<VersionedMigration> settlers;
        private final Map<ReleaseVersion, Set<ReleaseVersion>> containedIn = new HashMap<>();

        Comparison(ReleaseGraph graph, Collection<VersionedMigration> contained) {
            this.graph = graph;
            this.contained = contained;
            this.changes = Changes.of(graph, contained);
            this.carriers = contained.stream()
                    .filter(each -> changes.of(each).isPresent())
                    .collect(Collectors.groupingBy(
                            each -> changes.of(each).orElseThrow(),
                            Collectors.mapping(VersionedMigration::name, Collectors.toList())));
            this.settlers = contained.stream()
                    .filter(each -> !each.directives().resolves().isEmpty())
                    .toList();
        }

        List<Finding> conflictsOf(Collection<VersionedMigration> toRun) {
            return parallelTo(toRun).stream()
                    .filter(pair -> !isSettled(pair.first(), pair.second()))
                    .flatMap(pair -> conflict(pair).stream())
                    .toList();
        }

        List<LineDifference> differences() {
            return parallelTo(contained).stream()
                    .flatMap(pair -> differences(pair).stream())
                    .toList();
        }

        /** Pairs are searched for among releases first, of which there are fewer. */
        private List<Pair> parallelTo(Collection<VersionedMigration> migrations) {
            Map<ReleaseVersion, List<VersionedMigration>> here = byRelease(migrations);
            Map<ReleaseVersion, List<VersionedMigration>> there = byRelease(contained);
            Set<Pair> pairs = new LinkedHashSet<>();
            for (ReleaseVersion release : here.keySet()) {
                for (ReleaseVersion other : there.keySet()) {
                    if (areParallel(release, other)) {
                        pair(here.getOrDefault(release, List.of()), there.getOrDefault(other, List.of()), pairs);
                    }
                }
            }
            return List.copyOf(pairs);
        }

        private void pair(List<VersionedMigration> here, List<VersionedMigration> there, Set<Pair> pairs) {
            for (VersionedMigration one : here) {
                for (VersionedMigration other : there) {
                    if (!isOrderedAlready(one, other)) {
                        pairs.add(one.name().compareTo(other.name()) < 0 ? new Pair(one, other) : new Pair(other, one));
                    }
                }
            }
        }

        /** One change, or two of which each line that has both has them in the same order. */
        private boolean isOrderedAlready(VersionedMigration one, VersionedMigration other) {
            Optional<RunOnce> first = changes.of(one);
            Optional<RunOnce> second = changes.of(other);
            if (first.isEmpty() || second.isEmpty()) {
                return false;
            }
            int here = copyIn(one, second.get())
                    .map(copy -> one.name().compareTo(copy))
                    .orElse(0);
            int there = copyIn(other, first.get())
                    .map(copy -> copy.compareTo(other.name()))
                    .orElse(0);
            return first.equals(second) || here + there != 0 && here * there >= 0;
        }

        /** The place of a change in the line of a migration. */
        private Optional<MigrationName> copyIn(VersionedMigration line, RunOnce change) {
            return carriers.getOrDefault(change, List.of()).stream()
                    .filter(each -> contents(line.name().release()).contains(each.release()))
                    .findFirst();
        }

        private static Map<ReleaseVersion, List<VersionedMigration>> byRelease(
                Collection<VersionedMigration> migrations) {
            return migrations.stream()
                    .collect(Collectors.groupingBy(each -> each.name().release(), TreeMap::new, Collectors.toList()));
        }

        private boolean areParallel(ReleaseVersion a, ReleaseVersion b) {
            return !a.equals(b)
                    && !(a.isAfter(b) ? contents(a).contains(b) : contents(b).contains(a));
        }

        private Set<ReleaseVersion> contents(ReleaseVersion release) {
            return containedIn.computeIfAbsent(release, key -> new HashSet<>(graph.containedIn(key)));
        }

        private boolean isSettled(VersionedMigration one, VersionedMigration other) {
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

        private Optional<Finding> conflict(Pair pair) {
            Optional<List<Analysis>> here = analysis(pair.first());
            Optional<List<Analysis>> there = analysis(pair.second());
            if (here.isEmpty() || there.isEmpty()) {
                VersionedMigration unknown = here.isEmpty() ? pair.first() : pair.second();
                return Optional.of(finding(
                        pair,
                        "what " + unknown.script() + " reads and writes is not declared (MigrationOptions, reads and"
                                + " writes)"));
            }
            return ScriptComparison.of(here.get(), there.get()).clashes().stream()
                    .findFirst()
                    .map(clash -> finding(pair, words(clash, pair)));
        }

        private List<LineDifference> differences(Pair pair) {
            Optional<List<Analysis>> here = analysis(pair.first());
            Optional<List<Analysis>> there = analysis(pair.second());
            return here.isEmpty() || there.isEmpty()
                    ? List.of()
                    : ScriptComparison.of(here.get(), there.get()).differences().stream()
                            .map(difference -> new LineDifference(pair.first(), pair.second(), difference.text()))
                            .toList();
        }

        private Optional<List<Analysis>> analysis(VersionedMigration migration) {
            return analyses.of(migration);
        }
    }

    private static String words(ScriptClash clash, Pair pair) {
        if (clash instanceof ScriptClash.Conflict conflict) {
            return words(conflict.first()) + ", against " + words(conflict.second()) + ": " + conflict.clash();
        }
        ScriptClash.Undecided undecided = (ScriptClash.Undecided) clash;
        VersionedMigration unknown = undecided.side() == ScriptClash.Side.FIRST ? pair.first() : pair.second();
        return "in " + unknown.script() + ", " + words(undecided.statement()) + ", " + undecided.reason();
    }

    private static String words(SqlStatement statement) {
        String text = statement.withoutComments().replaceAll("\\s+", " ").strip();
        String shown = text.length() <= STATEMENT_SHOWN ? text : text.substring(0, STATEMENT_SHOWN) + "…";
        return "line " + statement.line() + " (" + shown + ")";
    }

    private static Finding finding(Pair pair, String why) {
        String first = pair.first().name().place();
        String second = pair.second().name().place();
        return FindingCode.CONFLICT.about(
                pair.first().script(), pair.second().script(), why, first + "," + second, second);
    }
}
