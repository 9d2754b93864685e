package org.apache.cloudstack.framework.dbupgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Audience;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Count;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference;

/**
 * How databases compare with what their release makes.
 *
 * @param release the release they are at, where it is known
 * @param schemaCompared whether their schema was compared; not where the release carries no snapshot
 * @param differences what is not as the snapshot of the release says
 * @param ignored what differs too and does not count, as the settings say
 * @param queriesRun how many verification queries were run
 * @param rowsFound the queries that found rows
 * @param findings what kept something from being compared, or makes the comparison doubtful
 * @param notes what else to know
 */
public record Verification(
        Optional<ReleaseVersion> release,
        boolean schemaCompared,
        List<SchemaDifference> differences,
        List<Ignored> ignored,
        int queriesRun,
        List<RowsFound> rowsFound,
        List<Finding> findings,
        List<String> notes) {

    private static final int MOST_IN_WARNING = 5;

    public Verification {
        differences = List.copyOf(differences);
        ignored = List.copyOf(ignored);
        rowsFound = List.copyOf(rowsFound);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /**
     * A difference that does not count.
     *
     * @param difference what differs
     * @param pattern by which pattern it does not count
     */
    public record Ignored(SchemaDifference difference, String pattern) {

        /** {@code table cloud.QRTZ_JOBS (QRTZ_*)}. */
        @Override
        public String toString() {
            return difference.kind() + " " + difference.object() + " (" + pattern + ")";
        }
    }

    /**
     * A query that found rows, where it should find none.
     *
     * @param script its file
     * @param line the line on which it starts, from 1
     * @param description what its file is about, in words; may be empty
     * @param rows how many rows there are
     * @param isAll whether there are no more of them
     */
    public record RowsFound(String script, int line, String description, int rows, boolean isAll) {

        /** {@code T_410_A__states.sql:3  states: 2 rows}. */
        @Override
        public String toString() {
            String words = description.isEmpty() ? "" : "  " + description;
            return script + ":" + line + words + ": " + (isAll ? "" : "at least ") + Count.of(rows, "row");
        }
    }

    /** Whether the schema was compared, and nothing at all is wrong. */
    public boolean isClean() {
        return schemaCompared && differences.isEmpty() && rowsFound.isEmpty() && findings.isEmpty();
    }

    /** One sentence about the whole. */
    public String summary() {
        String subject = release.map(at -> "The database is at release " + at + " and ")
                .orElse("The release of the database is not known, and it ");
        if (!schemaCompared && queriesRun == 0) {
            return subject + "was not verified.";
        }
        if (isClean()) {
            return subject + "is what that release makes.";
        }
        String schema =
                schemaCompared ? Count.of(differences.size(), "difference") + " of schema" : "a schema not compared";
        return subject + "shows " + schema + ", and rows in "
                + Count.of(rowsFound.size(), "verification query").replace("querys", "queries") + " of " + queriesRun
                + ".";
    }

    /** What is worth a warning: what kept something from being compared, and in one finding all that differs. */
    List<Finding> warnings() {
        List<Finding> warnings = new ArrayList<>(findings);
        List<String> things = Stream.concat(differences.stream(), rowsFound.stream())
                .map(Object::toString)
                .toList();
        if (!things.isEmpty()) {
            String some = String.join("; ", things.subList(0, Math.min(MOST_IN_WARNING, things.size())));
            warnings.add(FindingCode.DATABASE_DIFFERS.about(
                    release.map(ReleaseVersion::toString).orElse("unknown"),
                    things.size() > MOST_IN_WARNING
                            ? some + "; and " + (things.size() - MOST_IN_WARNING) + " more"
                            : some));
        }
        return warnings;
    }

    /** All of it as text for people; no values of rows. */
    public List<String> lines() {
        return lines(Audience.APPLICATION, Integer.MAX_VALUE);
    }

    /** The same for a reader, with tables that are no wider than that where they can be. */
    public List<String> lines(Audience audience, int width) {
        List<String> lines = new ArrayList<>();
        lines.add(summary());
        findings.forEach(finding -> lines.add("  " + finding.description(audience) + " " + finding.remedy(audience)));
        if (!differences.isEmpty()) {
            table(width - 2).forEach(line -> lines.add("  " + line));
        }
        rowsFound.forEach(found -> lines.add("  " + found));
        if (!ignored.isEmpty()) {
            lines.add("  " + Count.of(ignored.size(), "difference") + (ignored.size() == 1 ? " is" : " are")
                    + " ignored: " + ignored.stream().map(Ignored::toString).collect(Collectors.joining(", ")) + ".");
        }
        notes.forEach(note -> lines.add("  " + note));
        return lines;
    }

    private List<String> table(int width) {
        List<List<String>> rows = differences.stream()
                .map(SchemaDifference::brief)
                .map(brief -> Stream.of(brief.kind().toString(), brief.object(), brief.expected(), brief.found())
                        .toList())
                .toList();
        return new TextTable(List.of("what", "name", "expected", "found"), rows).lines(width);
    }
}
