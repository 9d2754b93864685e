package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MalformedNameException;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.NameRules;

/**
 * The way of one file into a release: a script is moved as it is; in the source of a class the class's name changes with it.
 *
 * @param from the file of the release that was not cut
 * @param to the file of the release, in the same directory
 */
public record Rename(Path from, Path to) {

    /** Takes one rename back. */
    interface Undo {
        void run() throws IOException;
    }

    /** Renames the file, or leaves everything as it was. */
    Undo perform() throws IOException {
        if (Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        if (isClass()) {
            return rewrite(Files.readString(from));
        }
        Files.move(from, to);
        return () -> Files.move(to, from);
    }

    private Undo rewrite(String text) throws IOException {
        try {
            Files.writeString(to, cut(text).text());
            Files.delete(from);
        } catch (IOException e) {
            if (Files.exists(from)) {
                Files.deleteIfExists(to);
            }
            throw e;
        }
        return () -> {
            Files.writeString(from, text);
            Files.delete(to);
        };
    }

    private JavaSource cut(String text) {
        try {
            return new JavaSource(text).renamed(stem(from), stem(to)).cutFrom(NameRules.versioned(stem(from)));
        } catch (MalformedNameException e) {
            throw new IllegalStateException("Only files with a migration's name are renamed: " + from, e);
        }
    }

    private boolean isClass() {
        return from.toString().endsWith(".java");
    }

    private static String stem(Path file) {
        return SourceMigration.stem(String.valueOf(file.getFileName()));
    }

    @Override
    public String toString() {
        return from.getFileName() + " -> " + to.getFileName();
    }
}
