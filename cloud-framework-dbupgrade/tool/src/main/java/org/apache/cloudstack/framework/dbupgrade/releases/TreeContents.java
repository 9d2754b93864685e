package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;

/** Reads the migrations that a commit carries, each content once. */
final class TreeContents {

    private final Repository repository;
    private final List<String> folders;
    private final Map<String, Optional<SourceMigration>> read = new HashMap<>();
    private final Set<String> ignored = new TreeSet<>();

    TreeContents(Repository repository, List<String> folders) {
        this.repository = repository;
        this.folders = folders.stream()
                .map(folder -> folder.replace('\\', '/').replaceAll("^(\\./|/)+|/+$", ""))
                .map(folder -> folder.equals(".") ? "" : folder)
                .toList();
    }

    /** The migrations by their places. */
    NavigableMap<MigrationName, SourceMigration> at(ReleaseTag tag) throws IOException {
        NavigableMap<MigrationName, SourceMigration> carried = new TreeMap<>();
        try (RevWalk commits = new RevWalk(repository);
                TreeWalk files = new TreeWalk(repository)) {
            RevTree tree = commits.parseCommit(tag.commit()).getTree();
            files.addTree(tree);
            files.setRecursive(true);
            if (!folders.contains("")) {
                files.setFilter(PathFilterGroup.createFromStrings(folders));
            }
            while (files.next()) {
                if (isMigration(files)) {
                    migration(files).ifPresent(found -> {
                        if (carried.putIfAbsent(found.name(), found) != null) {
                            ignored.add("file " + found.file() + ", whose place is taken");
                        }
                    });
                }
            }
        }
        carried.replaceAll((name, found) -> found.among(carried.values()));
        return carried;
    }

    /** What has a migration's place but no migration's name. */
    Set<String> ignored() {
        return ignored;
    }

    private boolean isMigration(TreeWalk files) {
        boolean isFile = (files.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
        return isFile && SourceMigration.claims(files.getNameString());
    }

    private Optional<SourceMigration> migration(TreeWalk files) throws IOException {
        ObjectId content = files.getObjectId(0);
        String key = content.name() + " " + files.getNameString();
        Optional<SourceMigration> known = read.get(key);
        if (known == null) {
            known = SourceMigration.read(
                    files.getNameString(), repository.open(content).getBytes());
            read.put(key, known);
        }
        if (known.isEmpty()) {
            ignored.add("file " + files.getPathString());
        }
        return known;
    }
}
