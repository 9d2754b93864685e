package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Which release follows which, as the names of files and the caller say; nothing is added to close a gap. */
final class LegacyGraph {

    private final Optional<ReleaseVersion> base;
    private final NavigableMap<ReleaseVersion, SortedSet<ReleaseVersion>> follows = new TreeMap<>();

    LegacyGraph(LegacySettings settings) {
        this.base = settings.base().map(BaseScripts::release);
        settings.follows().forEach((release, lower) -> lower.forEach(each -> add(release, each)));
    }

    void add(ReleaseVersion release) {
        follows.computeIfAbsent(release, each -> new TreeSet<>());
    }

    void add(ReleaseVersion release, ReleaseVersion lower) {
        add(release);
        add(lower);
        follows.computeIfAbsent(release, each -> new TreeSet<>()).add(lower);
    }

    boolean isBase(ReleaseVersion release) {
        return base.filter(release::equals).isPresent();
    }

    /** Whether no path can start there. */
    boolean isBefore(ReleaseVersion release) {
        return base.filter(first -> first.isAfter(release)).isPresent();
    }

    /** Whether a release is the other one, or follows it on some path. */
    boolean contains(ReleaseVersion release, ReleaseVersion lower) {
        return pathsFrom(lower).contains(release);
    }

    /** What is in releases.yaml: all that a path from the first release reaches. */
    List<ReleaseDeclaration> declarations() {
        return reached().stream()
                .map(each ->
                        new ReleaseDeclaration(each, follows.getOrDefault(each, new TreeSet<>()), Optional.empty(), ""))
                .toList();
    }

    /** The releases at which something starts that no path reaches. */
    List<OpenQuestion> gaps() {
        NavigableSet<ReleaseVersion> cutOff = new TreeSet<>(follows.keySet());
        cutOff.removeAll(reached());
        List<OpenQuestion> gaps = new ArrayList<>();
        for (ReleaseVersion release : cutOff) {
            if (follows.getOrDefault(release, new TreeSet<>()).isEmpty()) {
                gaps.add(gap(release, cutOff));
            }
        }
        return gaps;
    }

    private OpenQuestion gap(ReleaseVersion release, NavigableSet<ReleaseVersion> cutOff) {
        String behind = cutOff.tailSet(release, false).stream()
                .filter(each -> pathsFrom(release).contains(each))
                .map(ReleaseVersion::toString)
                .collect(Collectors.joining(", "));
        ReleaseVersion lower = reached().lower(release);
        return new OpenQuestion(
                OpenQuestion.Kind.GAP,
                release.toString(),
                lower == null ? List.of() : List.of(lower.toString()),
                "No path from the first release reaches " + release + "; no script leads there"
                        + (behind.isEmpty() ? "." : ", and after it lies " + behind + "."));
    }

    /** A release whose other ancestors are cut off is reached all the same; those are reported as gaps. */
    private NavigableSet<ReleaseVersion> reached() {
        NavigableSet<ReleaseVersion> reached = new TreeSet<>();
        base.or(() -> follows.isEmpty() ? Optional.empty() : Optional.of(follows.firstKey()))
                .ifPresent(first -> reached.addAll(pathsFrom(first)));
        return reached;
    }

    /** The release and all that follow it; lower ones come first, so one pass is enough. */
    private NavigableSet<ReleaseVersion> pathsFrom(ReleaseVersion first) {
        NavigableSet<ReleaseVersion> found = new TreeSet<>(List.of(first));
        follows.forEach((release, lower) -> {
            if (lower.stream().anyMatch(found::contains)) {
                found.add(release);
            }
        });
        return found;
    }
}
