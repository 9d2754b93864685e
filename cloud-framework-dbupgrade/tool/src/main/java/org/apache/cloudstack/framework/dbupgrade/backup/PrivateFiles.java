package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files and directories that nobody but their owner can read, from their first moment on. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /** Creates a directory that does not exist yet. */
    static void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder, permissions("rwx------"));
    }

    /** Creates a directory and those above it, where they do not exist yet. */
    static void createFolders(Path folder) throws IOException {
        // an existing one may also be a link, which Java would take offence at
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, permissions("rwx------"));
        }
    }

    /** Creates a directory of a new name among those of the system for temporary files. */
    public static Path createTemporaryFolder() throws IOException {
        return Files.createTempDirectory("dbupgrade-", permissions("rwx------"));
    }

    /** Creates a file that does not exist yet. */
    static OutputStream create(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return Channels.newOutputStream(Files.newByteChannel(file, options, permissions("rw-------")));
    }

    /** Gives a file of another executable its name, and keeps others from reading it. */
    static void move(Path from, Path to) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("rw-------"));
        }
        Files.move(from, to);
    }

    /** Waits until the disk has a file, or the names in a directory. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes a directory with everything in it; one that does not exist is no error. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** On Windows there are none of these; a user's directories are the user's own there. */
    private static FileAttribute<?>[] permissions(String text) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }
}
