package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes of the packed tool as the JVM shares them between processes: a command starts in two thirds of the time, and
 * the tests start hundreds. It is made once for each packed jar.
 *
 * @param file where it is, or will be
 */
record ToolArchive(Path file) {

    static ToolArchive of(Path jar) {
        try {
            // the JVM refuses one of another jar, and says so where the tool's answer belongs
            String name = "tool-%s-%d-%d.jsa"
                    .formatted(
                            Runtime.version().feature(),
                            Files.size(jar),
                            Files.getLastModifiedTime(jar).toMillis());
            return new ToolArchive(Path.of("target").resolve(name).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a JVM needs to use it; nothing as long as it is not there. */
    List<String> use() {
        return Files.exists(file) ? List.of("-XX:SharedArchiveFile=" + file) : List.of();
    }

    /** What lets a JVM write it when it exits. */
    static List<String> write(Path draft) {
        return List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:ArchiveClassesAtExit=" + draft);
    }

    /** Makes it by a command that reaches far, where it is not there. */
    void make(ToolProcess tool, String... command) {
        if (Files.exists(file)) {
            return;
        }
        try {
            Path draft = Files.createTempFile(tool.folder(), "tool", ".jsa");
            Files.delete(draft);
            tool.run(write(draft), command);
            if (Files.exists(draft)) {
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
