package org.apache.cloudstack.framework.dbupgrade.installed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * This project as {@code mvn install} leaves it in a repository that holds nothing of it before. Whatever others publish comes
 * from the user's own repository, which lies after, so that nothing is downloaded twice. What is packed are the classes
 * that this build has compiled.
 *
 * @param repository the new local repository
 */
public record InstalledProject(Path repository) {

    public static final String VERSION = "1.0.0-SNAPSHOT";

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of(
            "cloud-framework-dbupgrade",
            "cloud-framework-dbupgrade/tool",
            "cloud-framework-dbupgrade-test",
            "cloud-framework-dbupgrade-test/sample");

    /** Installs it once for all tests of a process. */
    public static InstalledProject get() {
        return Once.PROJECT;
    }

    /** A file of the artifact in the repository. */
    public Path file(String artifact, String suffix) {
        return repository
                .resolve("org/apache/cloudstack")
                .resolve(artifact)
                .resolve(VERSION)
                .resolve(artifact + "-" + VERSION + suffix);
    }

    /** The sources that were installed, with the classes of this build, for builds that compile nothing. */
    Path sources() {
        return repository.resolveSibling("project");
    }

    /** A file that this build itself has packed, if it has: Javadoc takes too long to be made again. */
    static Path builtHere(String module, String suffix) {
        String artifact = Path.of(module).getFileName().toString();
        return PROJECT.resolve(module).resolve("target").resolve(artifact + "-" + VERSION + suffix);
    }

    private static InstalledProject install(Path folder) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        Path copy = folder.resolve("project");
        Path repository = folder.resolve("repository");
        Files.createDirectories(copy);
        link(userRepository(), repository, List.of("org", "apache", "cloudstack"));
        for (String file : List.of("pom.xml", "LICENSE", ".mvn")) {
            FileSystemUtils.copyRecursively(PROJECT.resolve(file), copy.resolve(file));
        }
        for (String module : MODULES) {
            copyModule(PROJECT.resolve(module), copy.resolve(module));
        }
        new MavenBuild(copy, repository)
                .run(
                        "install",
                        "-Dmaven.main.skip",
                        "-Dmaven.test.skip",
                        "-Dspotless.check.skip",
                        "-Dmaven.javadoc.skip");
        return new InstalledProject(repository);
    }

    private static void copyModule(Path from, Path to) throws IOException {
        Path classes = from.resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(classes + " is not there: build all modules, from the directory above.");
        }
        FileSystemUtils.copyRecursively(classes, to.resolve("target/classes"));
        for (String sources : List.of("src/main", "src/packaging")) {
            if (Files.isDirectory(from.resolve(sources))) {
                FileSystemUtils.copyRecursively(from.resolve(sources), to.resolve(sources));
            }
        }
        Files.copy(from.resolve("pom.xml"), to.resolve("pom.xml"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes a directory of links to all that is in another, but for one path, which is empty. */
    private static void link(Path from, Path to, List<String> empty) throws IOException {
        Files.createDirectories(to);
        if (empty.isEmpty() || !Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.endsWith(empty.get(0))) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toRealPath());
                }
            }
        } catch (FileSystemException e) {
            throw new IllegalStateException("The files of " + from + " cannot be linked to", e);
        }
        link(from.resolve(empty.get(0)), to.resolve(empty.get(0)), empty.subList(1, empty.size()));
    }

    private static Path userRepository() {
        String stated = System.getProperty("localRepository", System.getProperty("maven.repo.local", ""));
        return stated.isEmpty() ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(stated);
    }

    /** One for each process: builds run side by side. */
    private static final class Once {

        static final InstalledProject PROJECT;

        static {
            String process = System.getProperty("dbupgrade.test.process", "1");
            try {
                PROJECT = install(Path.of("target/installed-" + process).toAbsolutePath());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
