package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;

/** A real repository, made commit by commit. */
final class TimelineRepository {

    static final String FOLDER = "db/migrations";

    private final Path folder;
    private final Repository repository;

    TimelineRepository(Path folder) {
        this.folder = folder;
        this.repository =
                quietly(() -> Git.init().setDirectory(folder.toFile()).call().getRepository());
    }

    private interface Insertion {
        ObjectId into(ObjectInserter inserter) throws IOException;
    }

    /** A commit and what is in the directory of migrations, which may be changed for the next one. */
    static final class Point {

        private final Map<String, String> files;
        private List<ObjectId> parents;

        private Point(Map<String, String> files, List<ObjectId> parents) {
            this.files = new TreeMap<>(files);
            this.parents = parents;
        }

        Point with(String file, String text) {
            files.put(file, text);
            return this;
        }

        Point without(String file) {
            files.remove(file);
            return this;
        }

        /** Another line from here on. */
        Point branch() {
            return new Point(files, parents);
        }

        private ObjectId commit() {
            return parents.get(0);
        }
    }

    Point start() {
        return new Point(Map.of(), List.of());
    }

    /** Commits what was changed. */
    Point commit(Point point, String day) {
        point.parents = List.of(insert(point, day));
        return point;
    }

    /** Merges the other line, all its files included. */
    Point merge(Point into, Point from, String day) {
        from.files.forEach(into.files::putIfAbsent);
        into.parents = List.of(into.commit(), from.commit());
        return commit(into, day);
    }

    /** Commits and tags. */
    Point release(Point point, String tag, String day) {
        commit(point, day);
        ref(Constants.R_TAGS + tag, point.commit());
        return point;
    }

    void tag(Point point, String tag) {
        ref(Constants.R_TAGS + tag, point.commit());
    }

    void annotatedTag(Point point, String tag, String day) {
        TagBuilder annotated = new TagBuilder();
        annotated.setTag(tag);
        annotated.setMessage("release");
        annotated.setObjectId(point.commit(), Constants.OBJ_COMMIT);
        annotated.setTagger(person(day));
        ref(Constants.R_TAGS + tag, inserted(inserter -> inserter.insert(annotated)));
    }

    /** Marks a commit as the end of what a shallow clone has. */
    void makeShallowAt(Point point) {
        Path file = repository.getDirectory().toPath().resolve("shallow");
        quietly(() -> Files.writeString(file, point.commit().name() + "\n"));
    }

    GitHistory history(String... folders) {
        return GitReleases.read(folder, folders.length == 0 ? List.of(FOLDER) : Arrays.asList(folders));
    }

    private ObjectId insert(Point point, String day) {
        return inserted(inserter -> {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree(point, inserter));
            commit.setParentIds(point.parents);
            commit.setAuthor(person(day));
            commit.setCommitter(person(day));
            commit.setMessage("change");
            return inserter.insert(commit);
        });
    }

    private static ObjectId tree(Point point, ObjectInserter inserter) throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        for (Map.Entry<String, String> file : point.files.entrySet()) {
            String path = file.getKey().contains("/") ? file.getKey() : FOLDER + "/" + file.getKey();
            DirCacheEntry entry = new DirCacheEntry(path);
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(
                    inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
            builder.add(entry);
        }
        builder.finish();
        return index.writeTree(inserter);
    }

    private ObjectId inserted(Insertion insertion) {
        return quietly(() -> {
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                ObjectId id = insertion.into(inserter);
                inserter.flush();
                return id;
            }
        });
    }

    private void ref(String name, ObjectId id) {
        quietly(() -> {
            RefUpdate update = repository.updateRef(name);
            update.setNewObjectId(id);
            return update.update();
        });
    }

    /** Keeps the machine's configuration out of tests as well. */
    private static <T> T quietly(PlainSystem.Work<T, Exception> work) {
        try {
            return PlainSystem.during(work);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static PersonIdent person(String day) {
        return new PersonIdent(
                "Release",
                "release@example.org",
                LocalDate.parse(day).atTime(12, 0).toInstant(ZoneOffset.UTC),
                ZoneOffset.UTC);
    }
}
