package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Reads the releases of a git repository: its tags {@code 4.5.3} or {@code v4.5.3}, what follows what by their ancestry, and
 * the migrations in their trees. Git need not be installed, and no configuration outside the repository is read.
 */
public final class GitReleases {

    private GitReleases() {}

    /**
     * Reads the history; a repository that cannot know it is a finding.
     *
     * @param repository the repository, or a directory in it
     * @param folders where the migrations are in it, scripts and Java sources, in whatever release; {@code .} for everywhere
     */
    public static GitHistory read(Path repository, List<String> folders) {
        try {
            return PlainSystem.during(() -> open(repository, folders));
        } catch (IOException e) {
            return unreadable(repository, "it cannot be read", e.toString());
        }
    }

    private static GitHistory open(Path folder, List<String> folders) throws IOException {
        FileRepositoryBuilder builder = new FileRepositoryBuilder()
                .findGitDir(folder.toAbsolutePath().normalize().toFile());
        if (builder.getGitDir() == null) {
            return unreadable(folder, "it is no git repository", "");
        }
        try (Repository repository = builder.setMustExist(true).build()) {
            if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
                return unreadable(folder, "its clone is shallow, so that ancestry ends too early", "");
            }
            return read(folder, repository, new TreeContents(repository, folders));
        }
    }

    private static GitHistory read(Path folder, Repository repository, TreeContents trees) throws IOException {
        ReleaseTags tags = ReleaseTags.read(repository);
        if (tags.releases().isEmpty()) {
            return unreadable(folder, "it has no tag such as 4.5.3 or v4.5.3", String.join(", ", tags.ignored()));
        }
        Ancestry ancestry = Ancestry.read(repository, tags.releases());
        List<TaggedRelease> releases = new ArrayList<>();
        for (ReleaseTag tag : tags.releases()) {
            releases.add(TaggedRelease.of(tag, ancestry.of(tag), trees.at(tag)));
        }
        List<String> ignored =
                Stream.concat(tags.ignored().stream(), trees.ignored().stream()).toList();
        return history(releases, tags.findings(), ignored);
    }

    private static GitHistory history(List<TaggedRelease> releases, List<Finding> ofTags, List<String> ignored) {
        Lineage lineage = new Lineage(releases);
        List<Finding> findings = new ArrayList<>(ofTags);
        findings.addAll(lineage.findings());
        findings.addAll(new ReleasedContents(releases).findings());
        findings.addAll(new ForwardMerges(releases).findings());
        NavigableMap<ReleaseVersion, List<SourceMigration>> contents = new TreeMap<>();
        releases.forEach(
                each -> contents.put(each.version(), List.copyOf(each.carried().values())));
        return new GitHistory(lineage.declarations(), contents, Backport.among(releases), findings, ignored);
    }

    private static GitHistory unreadable(Path repository, String problem, String evidence) {
        Finding finding = FindingCode.GIT_UNREADABLE.because(evidence, repository.toString(), problem);
        return new GitHistory(List.of(), new TreeMap<>(), List.of(), List.of(finding), List.of());
    }
}
