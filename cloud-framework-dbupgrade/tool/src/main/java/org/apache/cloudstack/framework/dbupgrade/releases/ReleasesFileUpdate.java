package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ReleasesFile;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Joins what git reports with what people wrote into {@code releases.yaml}. */
final class ReleasesFileUpdate {

    private static final String HEAD = "# The releases, each with those whose contents it contains.\n";

    private final GitHistory history;
    private final Path file;
    private final ReleaseGraph ancestry;
    private final NavigableMap<ReleaseVersion, ReleaseDeclaration> present = new TreeMap<>();
    private final NavigableMap<ReleaseVersion, ReleaseDeclaration> joined = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    ReleasesFileUpdate(GitHistory history, Path file) {
        this.history = history;
        this.file = file;
        this.ancestry = ReleaseGraph.of(history.declarations());
    }

    List<Finding> write() throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : HEAD;
        ReleasesFile.read(file.toString(), text).declarations().forEach(each -> present.put(each.version(), each));
        joined.putAll(present);
        history.declarations().forEach(each -> joined.put(each.version(), each));
        history.declarations().forEach(each -> joined.put(each.version(), join(each)));
        reduce();
        try {
            String edited = ReleasesFileEditor.edit(text, joined.values());
            findings.addAll(ReleasesFile.read(file.toString(), edited).findings());
            ReleasesFileEditor.write(file, edited);
        } catch (IllegalArgumentException e) {
            findings.add(FindingCode.RELEASES_FILE_WRONG.about(file.toString(), 1, String.valueOf(e.getMessage())));
        }
        return findings;
    }

    private ReleaseDeclaration join(ReleaseDeclaration told) {
        ReleaseDeclaration written = present.get(told.version());
        if (written == null) {
            return told;
        }
        SortedSet<ReleaseVersion> follows = new TreeSet<>(told.follows());
        for (ReleaseVersion lower : written.follows()) {
            if (told.follows().isEmpty() || isBorneOut(told.version(), lower)) {
                follows.add(lower);
            }
        }
        Optional<LocalDate> shipped = written.shipped().isPresent() ? written.shipped() : told.shipped();
        return new ReleaseDeclaration(told.version(), follows, shipped, written.note());
    }

    private boolean isBorneOut(ReleaseVersion release, ReleaseVersion lower) {
        List<SourceMigration> carried = history.contents().getOrDefault(release, List.of());
        List<String> missing = history.contents().getOrDefault(lower, List.of()).stream()
                .filter(each -> each.name().release().equals(lower))
                .filter(each -> carried.stream().noneMatch(other -> isSame(each, other)))
                .map(SourceMigration::file)
                .toList();
        boolean borneOut = missing.isEmpty() || ancestry.containedIn(release).contains(lower);
        if (!borneOut) {
            findings.add(
                    FindingCode.FOLLOWS_NOT_BORNE_OUT.about(release.toString(), lower, String.join(", ", missing)));
        }
        return borneOut;
    }

    private static boolean isSame(SourceMigration one, SourceMigration other) {
        MigrationName name = one.name();
        return name.compareTo(other.name()) == 0 && one.identity().equals(other.identity());
    }

    /** Leaves out what a release follows by way of another one anyway. */
    private void reduce() {
        List<ReleaseDeclaration> sound = joined.values().stream()
                .filter(each -> each.follows().stream()
                        .allMatch(lower ->
                                joined.containsKey(lower) && each.version().isAfter(lower)))
                .toList();
        if (sound.size() < joined.size()) {
            return;
        }
        ReleaseGraph graph = ReleaseGraph.of(sound);
        for (ReleaseDeclaration each : history.declarations()) {
            ReleaseDeclaration whole = joined.getOrDefault(each.version(), each);
            SortedSet<ReleaseVersion> nearest = new TreeSet<>(whole.follows());
            whole.follows().forEach(lower -> graph.containedIn(lower).stream()
                    .filter(deeper -> !deeper.equals(lower))
                    .forEach(nearest::remove));
            joined.put(each.version(), new ReleaseDeclaration(each.version(), nearest, whole.shipped(), whole.note()));
        }
    }
}
