package org.apache.cloudstack.framework.dbupgrade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Count;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * What an upgrade did.
 *
 * @param from the release the database was at; empty for a fresh install
 * @param to the release it is at now
 * @param runs the migrations that were run, in order
 * @param alreadyApplied how many migrations were found in the database and only recorded
 * @param deferred what waits, for older nodes to go or to be run in the background
 * @param notes what Java migrations reported, and which repeatables ran again
 * @param findings what the server found wrong with the databases after it
 * @param duration how long it all took
 */
public record UpgradeReport(
        Optional<ReleaseVersion> from,
        Optional<ReleaseVersion> to,
        List<Run> runs,
        int alreadyApplied,
        List<Step> deferred,
        List<String> notes,
        List<Finding> findings,
        Duration duration) {

    public UpgradeReport {
        runs = List.copyOf(runs);
        deferred = List.copyOf(deferred);
        notes = List.copyOf(notes);
        findings = List.copyOf(findings);
    }

    /** The report of a start that finds the database at its release. */
    static UpgradeReport nothing(ReleaseVersion release) {
        return new UpgradeReport(
                Optional.of(release),
                Optional.of(release),
                List.of(),
                0,
                List.of(),
                List.of(),
                List.of(),
                Duration.ZERO);
    }

    /** This report and one of an earlier attempt of the same upgrade, as one. */
    public UpgradeReport after(UpgradeReport earlier) {
        return new UpgradeReport(
                earlier.from(),
                to,
                Stream.concat(earlier.runs().stream(), runs.stream()).toList(),
                Math.max(earlier.alreadyApplied(), alreadyApplied),
                deferred,
                Stream.concat(earlier.notes().stream(), notes.stream()).toList(),
                findings,
                earlier.duration().plus(duration));
    }

    /** The same, with what the server found wrong with the databases. */
    public UpgradeReport with(List<Finding> found) {
        return new UpgradeReport(from, to, runs, alreadyApplied, deferred, notes, found, duration);
    }

    /**
     * One migration that was run.
     *
     * @param script the file or class
     * @param release its release; empty for a repeatable
     * @param title what people call it
     * @param statements how many statements were run; 0 for Java
     * @param duration how long it took
     */
    public record Run(String script, String release, String title, long statements, Duration duration) {

        /** One that was run just now. */
        public static Run of(Migration migration, long statements, Duration duration) {
            String release = migration instanceof VersionedMigration versioned
                    ? versioned.name().release().toString()
                    : "";
            return new Run(migration.script(), release, titleOf(migration), statements, duration);
        }
    }

    /** {@code 4.2.0 B  cleanup} for a migration, the name for a repeatable. */
    static String titleOf(Migration migration) {
        return migration instanceof VersionedMigration versioned
                ? (versioned.name().release() + " " + versioned.name().sequence() + "  "
                                + versioned.name().description())
                        .strip()
                : migration.key();
    }

    /** Whether nothing was pending. */
    public boolean isUpToDate() {
        return runs.isEmpty() && alreadyApplied == 0;
    }

    /** One sentence about the whole. */
    public String summary() {
        String target = to.map(ReleaseVersion::toString).orElse("no release");
        if (isUpToDate()) {
            return "The database is at release " + target + "; " + rest() + ".";
        }
        String origin = from.map(release -> "from " + release + " to ").orElse("freshly installed at ");
        String taken = alreadyApplied == 0
                ? ""
                : ", " + alreadyApplied + " more " + (alreadyApplied == 1 ? "was" : "were") + " already there";
        return "The database was " + (from.isPresent() ? "upgraded " : "") + origin + target + ": "
                + Count.of(runs.size(), "migration") + " in " + Durations.text(duration) + taken
                + (deferred.isEmpty() ? "" : "; " + rest()) + ".";
    }

    private String rest() {
        return deferred.isEmpty()
                ? "nothing is pending"
                : Count.of(deferred.size(), "migration")
                        + (deferred.size() == 1 ? " is" : " are")
                        + (deferred.stream().anyMatch(Step::isInBackground)
                                ? " deferred"
                                : " deferred until older nodes are gone");
    }

    /** The closing table: a row for each release and for the repeatables. */
    public List<String> table() {
        Map<String, List<Run>> byRelease = new LinkedHashMap<>();
        runs.forEach(run -> byRelease
                .computeIfAbsent(run.release(), none -> new ArrayList<>())
                .add(run));
        List<List<String>> rows = new ArrayList<>();
        byRelease.forEach((release, its) -> rows.add(List.of(
                release.isEmpty() ? "repeatables" : release,
                Integer.toString(its.size()),
                Long.toString(its.stream().mapToLong(Run::statements).sum()),
                Durations.text(its.stream().map(Run::duration).reduce(Duration.ZERO, Duration::plus)))));
        return new TextTable(List.of("release", "migrations", "statements", "time"), rows).lines();
    }
}
