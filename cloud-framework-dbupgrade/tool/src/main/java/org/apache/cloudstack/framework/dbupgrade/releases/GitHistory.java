package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * What the tags of a repository report.
 *
 * @param declarations the releases, in ascending order, each with those it follows and its day
 * @param contents the migrations that each tag really carried, its own and those of other releases
 * @param backports changes that several releases brought; nothing is wrong with them
 * @param findings all that is wrong with the history, or keeps it from being the whole truth
 * @param ignored the tags that name no release, and files that have no migration's name
 */
public record GitHistory(
        List<ReleaseDeclaration> declarations,
        NavigableMap<ReleaseVersion, List<SourceMigration>> contents,
        List<Backport> backports,
        List<Finding> findings,
        List<String> ignored) {

    public GitHistory {
        declarations = List.copyOf(declarations);
        backports = List.copyOf(backports);
        findings = List.copyOf(findings);
        ignored = List.copyOf(ignored);
    }

    /**
     * Writes the releases into {@code releases.yaml}. Of a file that is there, comments, notes and days stay, and so do
     * releases without a tag. What it says of {@code follows} beyond ancestry stays where the contents of the tags bear it
     * out, or where ancestry says nothing. Writing twice changes nothing.
     *
     * @return what was found wrong with the file that was there, and with what is written now
     * @throws IOException when it cannot be read or written; then it is as it was
     */
    public List<Finding> writeTo(Path releasesFile) throws IOException {
        return declarations.isEmpty() ? List.of() : new ReleasesFileUpdate(this, releasesFile).write();
    }
}
