package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** The tags of a repository that name releases, {@code 4.5.3} or {@code v4.5.3}, and the names of all others. */
final class ReleaseTags {

    private final NavigableMap<ReleaseVersion, ReleaseTag> releases = new TreeMap<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private ReleaseTags() {}

    static ReleaseTags read(Repository repository) throws IOException {
        ReleaseTags tags = new ReleaseTags();
        List<Ref> refs = new ArrayList<>(repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS));
        refs.sort(Comparator.comparing(Ref::getName));
        try (RevWalk walk = new RevWalk(repository)) {
            for (Ref ref : refs) {
                tags.add(ref.getName().substring(Constants.R_TAGS.length()), walk.parseAny(ref.getObjectId()), walk);
            }
        }
        return tags;
    }

    /** In ascending order of versions. */
    List<ReleaseTag> releases() {
        return List.copyOf(releases.values());
    }

    List<String> ignored() {
        return ignored;
    }

    List<Finding> findings() {
        return findings;
    }

    private void add(String name, RevObject object, RevWalk walk) throws IOException {
        Optional<ReleaseVersion> version = ReleaseVersion.tryParse(name.startsWith("v") ? name.substring(1) : name);
        if (version.isEmpty() || version.get().isNext() || !(walk.peel(object) instanceof RevCommit commit)) {
            ignored.add("tag " + name);
            return;
        }
        walk.parseBody(commit);
        PersonIdent tagger = object instanceof RevTag tag ? tag.getTaggerIdent() : null;
        PersonIdent maker = tagger == null ? commit.getCommitterIdent() : tagger;
        ReleaseTag other =
                releases.putIfAbsent(version.get(), ReleaseTag.of(version.get(), name, commit.copy(), maker));
        if (other != null && !other.commit().equals(commit)) {
            findings.add(FindingCode.RELEASE_TAGGED_TWICE.about(other.tag(), name));
        }
    }
}
