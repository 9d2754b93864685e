package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** Which tagged commits are ancestors of which. The history is walked once, parents first, whatever the number of tags. */
final class Ancestry {

    private final List<ReleaseTag> tags;
    private final Map<ObjectId, BitSet> tagsAt = new HashMap<>();
    private final Map<ObjectId, BitSet> reached = new HashMap<>();

    private Ancestry(List<ReleaseTag> tags) {
        this.tags = tags;
        for (int i = 0; i < tags.size(); i++) {
            tagsAt.computeIfAbsent(tags.get(i).commit(), key -> new BitSet()).set(i);
        }
    }

    static Ancestry read(Repository repository, List<ReleaseTag> tags) throws IOException {
        Ancestry ancestry = new Ancestry(tags);
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            for (ReleaseTag tag : tags) {
                walk.markStart(walk.parseCommit(tag.commit()));
            }
            for (RevCommit commit : walk) {
                ancestry.visit(commit);
            }
        }
        return ancestry;
    }

    /** The releases whose tags are ancestors of a tag, or mark the same commit. */
    NavigableSet<ReleaseVersion> of(ReleaseTag tag) {
        NavigableSet<ReleaseVersion> ancestors = new TreeSet<>();
        reached.getOrDefault(tag.commit(), new BitSet()).stream()
                .mapToObj(i -> tags.get(i).version())
                .filter(version -> !version.equals(tag.version()))
                .forEach(ancestors::add);
        return ancestors;
    }

    private void visit(RevCommit commit) {
        BitSet own = tagsAt.get(commit);
        BitSet found = new BitSet();
        if (commit.getParentCount() == 1 && own == null) {
            found = reached.getOrDefault(commit.getParent(0), found);
        } else {
            for (RevCommit parent : commit.getParents()) {
                found.or(reached.getOrDefault(parent, new BitSet()));
            }
            if (own != null) {
                found.or(own);
            }
        }
        reached.put(commit.copy(), found);
    }
}
