package org.apache.cloudstack.framework.dbupgrade.releases;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;

/**
 * Finds changes that were forgotten when a line was merged forward. What a release brings must be, under whatever name, in
 * the next release of its own line and of each newer one, that is the first made after it; releases made before it cannot
 * have it, and those which descend from it are merged.
 */
final class ForwardMerges {

    private final List<TaggedRelease> releases;

    ForwardMerges(List<TaggedRelease> ascending) {
        this.releases = ascending;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (TaggedRelease release : releases) {
            List<TaggedRelease> next = nextOfEachLine(release).stream()
                    .filter(each -> !each.descendsFrom(release))
                    .toList();
            for (SourceMigration change : release.own()) {
                List<TaggedRelease> lacking =
                        next.stream().filter(each -> lacks(each, change)).toList();
                if (!lacking.isEmpty()) {
                    findings.add(FindingCode.NOT_MERGED_FORWARD.because(
                            evidence(release, change, lacking.subList(1, lacking.size())),
                            change.file(),
                            release.version(),
                            lacking.get(0).version()));
                }
            }
        }
        return findings;
    }

    private List<TaggedRelease> nextOfEachLine(TaggedRelease release) {
        List<TaggedRelease> next = new ArrayList<>();
        for (TaggedRelease each : releases) {
            boolean lineIsThere =
                    next.stream().anyMatch(other -> other.version().isOfLineOf(each.version()));
            if (each.version().isAfter(release.version()) && each.isMadeAfter(release) && !lineIsThere) {
                next.add(each);
            }
        }
        return next;
    }

    /** A migration at the same place with another content was changed, which is reported as such. */
    private static boolean lacks(TaggedRelease release, SourceMigration change) {
        return !release.carriesContent(change) && !release.carried().containsKey(change.name());
    }

    private String evidence(TaggedRelease release, SourceMigration change, List<TaggedRelease> alsoLacking) {
        List<String> facts = new ArrayList<>();
        if (!alsoLacking.isEmpty()) {
            facts.add(alsoLacking.stream()
                    .map(each -> each.version().toString())
                    .collect(Collectors.joining(", ", "nor is it in ", "")));
        }
        facts.add(releases.stream()
                .filter(each -> each.version().isAfter(release.version()) && each.carriesContent(change))
                .findFirst()
                .map(each -> "of the higher releases, " + each.version() + " is the first to carry it")
                .orElse("no higher release carries it"));
        if (change.changeId().isEmpty()) {
            facts.add("its content is not known, so its name was searched for");
        }
        return String.join("; ", facts);
    }
}
