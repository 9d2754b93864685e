package org.apache.cloudstack.framework.dbupgrade.releases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Compares what the tags carry with what each release had at its own tag: what was changed, removed or added since. Each
 * is reported once, with the lowest release that shows it.
 */
final class ReleasedContents {

    private final List<TaggedRelease> releases;
    private final Map<ReleaseVersion, TaggedRelease> byVersion;
    private final Set<String> told = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    ReleasedContents(List<TaggedRelease> ascending) {
        this.releases = ascending;
        this.byVersion = ascending.stream().collect(Collectors.toMap(TaggedRelease::version, Function.identity()));
    }

    List<Finding> findings() {
        for (TaggedRelease release : releases) {
            for (SourceMigration released : release.own()) {
                releases.forEach(other -> checkKept(release, released, other));
            }
        }
        for (TaggedRelease release : releases) {
            release.carried().values().forEach(carried -> checkKnown(release, carried));
        }
        return findings;
    }

    private void checkKept(TaggedRelease release, SourceMigration released, TaggedRelease other) {
        SourceMigration present = other.carried().get(released.name());
        if (present != null) {
            checkSame(release, released, other, present);
        } else if (other.descendsFrom(release)
                && told.add("removed " + released.name().place())) {
            String evidence = other.carried().values().stream()
                    .filter(each -> each.identity().equals(released.identity()))
                    .findFirst()
                    .map(each -> "the same content is there as " + each.file())
                    .orElse("");
            findings.add(FindingCode.RELEASED_MIGRATION_REMOVED.because(
                    evidence, released.file(), release.version(), other.tag().tag()));
        }
    }

    /** Contents that are not known, such as those of classes without a revision, are not compared. */
    private void checkSame(
            TaggedRelease release, SourceMigration released, TaggedRelease other, SourceMigration present) {
        Optional<ChangeId> then = released.changeId();
        Optional<ChangeId> now = present.changeId();
        boolean changed = then.isPresent() && now.isPresent() && !then.equals(now);
        if (changed && told.add("changed " + released.name().place() + " " + now.get())) {
            boolean declared = present.supersedes().contains(then.get());
            findings.add(FindingCode.RELEASED_MIGRATION_CHANGED.because(
                    declared
                            ? "the content in tag " + other.tag().tag() + " says that it supersedes the other one"
                            : "",
                    released.file(),
                    then.get(),
                    release.tag().tag(),
                    now.get(),
                    other.tag().tag()));
        }
    }

    private void checkKnown(TaggedRelease release, SourceMigration carried) {
        ReleaseVersion version = carried.name().release();
        TaggedRelease owner = byVersion.get(version);
        if (owner == null) {
            if (told.add("untagged " + version)) {
                findings.add(FindingCode.RELEASE_NOT_TAGGED.about(
                        carried.file(), version, release.tag().tag()));
            }
        } else if (!owner.carried().containsKey(carried.name())
                && told.add("added " + carried.name().place())) {
            findings.add(FindingCode.MIGRATION_ADDED_AFTER_RELEASE.about(
                    carried.file(), version, release.tag().tag()));
        }
    }
}
