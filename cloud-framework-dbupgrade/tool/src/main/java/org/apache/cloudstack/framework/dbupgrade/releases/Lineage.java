package org.apache.cloudstack.framework.dbupgrade.releases;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Makes the graph of releases from the ancestry of their tags, and finds where ancestry is not the whole truth. */
final class Lineage {

    private final List<TaggedRelease> releases;
    private final List<Finding> findings = new ArrayList<>();

    Lineage(List<TaggedRelease> ascending) {
        this.releases = ascending;
    }

    /** Each release with the nearest of its lower ancestors. */
    List<ReleaseDeclaration> declarations() {
        return releases.stream()
                .map(each -> new ReleaseDeclaration(
                        each.version(), follows(each), Optional.of(each.tag().shipped()), ""))
                .toList();
    }

    List<Finding> findings() {
        releases.forEach(this::checkAncestors);
        releases.forEach(this::checkCarried);
        return findings;
    }

    private SortedSet<ReleaseVersion> follows(TaggedRelease release) {
        NavigableSet<ReleaseVersion> nearest = new TreeSet<>(release.lowerAncestors());
        releases.stream()
                .filter(release::descendsFrom)
                .forEach(ancestor -> nearest.removeAll(ancestor.lowerAncestors()));
        return nearest;
    }

    private void checkAncestors(TaggedRelease release) {
        for (TaggedRelease other : releases) {
            boolean higher = other.version().isAfter(release.version());
            if (higher
                    && release.ancestors().contains(other.version())
                    && !other.tag().commit().equals(release.tag().commit())) {
                findings.add(FindingCode.HIGHER_RELEASE_IN_ANCESTRY.about(
                        release.version().toString(), other.version()));
            }
        }
        if (release.lowerAncestors().isEmpty() && !release.equals(releases.get(0))) {
            findings.add(
                    FindingCode.RELEASE_WITHOUT_ANCESTOR.about(release.version().toString()));
        }
    }

    /** The tag of a release that was made on a branch of its own is nobody's ancestor, though its content went on. */
    private void checkCarried(TaggedRelease release) {
        List<TaggedRelease> carried = releases.stream()
                .filter(other -> release.version().isAfter(other.version()))
                .filter(other -> !release.descendsFrom(other))
                .filter(other -> !other.own().isEmpty() && release.carriesAllUnchanged(other.own()))
                .toList();
        for (TaggedRelease other : carried) {
            boolean impliedByHigher = carried.stream()
                    .anyMatch(each -> each.version().isAfter(other.version()) && each.carriesAllUnchanged(other.own()));
            boolean toldOfLower = releases.stream()
                    .filter(release::descendsFrom)
                    .anyMatch(each -> each.version().isAfter(other.version()) && each.carriesAllUnchanged(other.own()));
            if (!impliedByHigher && !toldOfLower) {
                SortedSet<ReleaseVersion> whole = new TreeSet<>(follows(release));
                whole.add(other.version());
                findings.add(FindingCode.CARRIED_WITHOUT_ANCESTRY.about(
                        release.version().toString(),
                        other.version(),
                        whole.stream().map(ReleaseVersion::toString).collect(Collectors.joining(", "))));
            }
        }
    }
}
