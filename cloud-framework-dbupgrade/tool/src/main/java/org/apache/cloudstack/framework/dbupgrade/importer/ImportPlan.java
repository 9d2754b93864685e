package org.apache.cloudstack.framework.dbupgrade.importer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.releases.ReleasesFileEditor;

/**
 * What a legacy tree becomes.
 *
 * @param files what becomes of which file, in the order of the releases, repeatables last
 * @param releases what releases.yaml will say
 * @param rewrites the places that were written in another way
 * @param dropped what the old runner never ran
 * @param unplaced the files that become nothing, each with the reason
 * @param doubts what somebody has to say first
 */
public record ImportPlan(
        List<ImportedFile> files,
        List<ReleaseDeclaration> releases,
        List<Rewrite> rewrites,
        List<UnterminatedTail> dropped,
        List<SkippedFile> unplaced,
        List<OpenQuestion> doubts) {

    private static final String INDENT = "  ";

    public ImportPlan {
        files = List.copyOf(files);
        releases = List.copyOf(releases);
        rewrites = List.copyOf(rewrites);
        dropped = List.copyOf(dropped);
        unplaced = List.copyOf(unplaced);
        doubts = List.copyOf(doubts);
    }

    /** Whether nothing is doubtful. */
    public boolean isComplete() {
        return doubts.isEmpty();
    }

    /** The text of releases.yaml. */
    public String releasesFile() {
        return ReleasesFileEditor.edit("", releases);
    }

    /**
     * Writes the migrations and releases.yaml: all of them, or nothing.
     *
     * @param target a directory that is empty, or missing
     * @throws IllegalStateException when something is doubtful, the target holds something, or what would be written
     *     is not what the rules of migrations ask for
     * @throws java.io.UncheckedIOException when a file cannot be written
     */
    public void write(Path target) {
        if (!isComplete()) {
            throw new IllegalStateException("Nothing was written, for something is doubtful: " + doubts);
        }
        new PlanWriter(this).write(target);
    }

    /** All of it for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        section(lines, "To be answered before anything is written", doubts);
        section(lines, "Becomes", files);
        if (!releases.isEmpty()) {
            section(lines, "releases.yaml", releasesFile().lines().toList());
        }
        section(lines, "Never run, and now a comment", dropped);
        section(lines, "Left out", unplaced);
        if (!rewrites.isEmpty()) {
            lines.add("Written in another way (" + rewrites.size() + "):");
            rewrites.forEach(each -> rewrite(lines, each));
        }
        return lines;
    }

    private static void section(List<String> lines, String title, Collection<?> entries) {
        if (!entries.isEmpty()) {
            lines.add(title + " (" + entries.size() + "):");
            entries.forEach(each -> lines.add(INDENT + each));
        }
    }

    private static void rewrite(List<String> lines, Rewrite rewrite) {
        lines.add(INDENT + rewrite);
        rewrite.before().lines().forEach(line -> lines.add(INDENT + "- " + line));
        rewrite.after().lines().forEach(line -> lines.add(INDENT + "+ " + line));
    }
}
