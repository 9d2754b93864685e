package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;

/**
 * The files below a directory. Links are followed, and a file that two paths lead to is listed once. What cannot be read is a
 * finding; names that start with a dot are left out, such as those in which Kubernetes keeps the versions of a mounted volume.
 */
public final class FileTree {

    private final Set<Path> files = new TreeSet<>();
    private final Set<Path> links = new TreeSet<>();
    private final Set<Path> realFiles = new HashSet<>();
    private final Set<Path> realDirectories = new HashSet<>();
    private final List<Path> ancestors = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private FileTree() {}

    /** Lists what is below a directory. */
    public static FileTree below(Path root) {
        FileTree tree = new FileTree();
        tree.attempt(root, () -> tree.directory(root));
        tree.links.forEach(link -> tree.attempt(link, () -> tree.addLinked(link)));
        return tree;
    }

    /** The files, in the order of their paths. */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /** All that is neither a file that can be read nor a directory. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    private interface Reading {
        void read() throws IOException;
    }

    private void attempt(Path path, Reading reading) {
        try {
            reading.read();
        } catch (IOException e) {
            findings.add(UnreadableFileException.of(e).finding(path.toString()));
        }
    }

    private void directory(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (ancestors.contains(real)) {
            throw UnreadableFileException.endless(real);
        }
        if (!realDirectories.add(real)) {
            return;
        }
        ancestors.add(real);
        for (Path child : children(directory)) {
            attempt(child, () -> add(child, real));
        }
        ancestors.remove(ancestors.size() - 1);
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(
                directory, path -> !path.getFileName().toString().startsWith("."))) {
            found.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        children.sort(null);
        return children;
    }

    private void add(Path path, Path realDirectory) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean isLink = found.isSymbolicLink();
        BasicFileAttributes target = isLink ? targetOf(path) : found;
        if (target.isDirectory()) {
            if (isMeantAsFile(path)) {
                throw UnreadableFileException.directory();
            }
            directory(path);
        } else if (!target.isRegularFile()) {
            throw UnreadableFileException.neither();
        } else if (isLink) {
            links.add(path);
        } else {
            files.add(path);
            realFiles.add(realDirectory.resolve(path.getFileName()));
        }
    }

    /** Container runtimes make a directory where the file to be mounted is missing. */
    private static boolean isMeantAsFile(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".sql") || name.equals(ReleasesFile.NAME);
    }

    private static BasicFileAttributes targetOf(Path link) throws IOException {
        try {
            return Files.readAttributes(link, BasicFileAttributes.class);
        } catch (java.nio.file.AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            throw UnreadableFileException.leadingNowhere(Files.readSymbolicLink(link), e);
        }
    }

    /** Two names for one file may be two migrations of the same content; one name is one migration. */
    private void addLinked(Path link) throws IOException {
        Path target = link.toRealPath();
        boolean hasItsName = target.endsWith(link.getFileName());
        if (!hasItsName || realFiles.add(target)) {
            files.add(link);
        }
    }
}
