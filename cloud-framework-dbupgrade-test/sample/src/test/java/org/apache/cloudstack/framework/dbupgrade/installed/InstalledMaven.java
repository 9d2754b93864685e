package org.apache.cloudstack.framework.dbupgrade.installed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Maven of this machine.
 *
 * @param home its directory
 */
record InstalledMaven(File home) {

    private static final String PROPERTY = "maven.home";

    /**
     * The one that runs this test, else that of {@code MAVEN_HOME}, else the one on the path.
     *
     * @throws IllegalStateException when there is none
     */
    static InstalledMaven find() {
        return Stream.of(
                        Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of),
                        Optional.ofNullable(System.getenv("MAVEN_HOME")).map(Path::of),
                        onPath())
                .flatMap(Optional::stream)
                .filter(home -> Files.isExecutable(home.resolve("bin/mvn")))
                .findFirst()
                .map(home -> new InstalledMaven(home.toFile()))
                .orElseThrow(() -> new IllegalStateException(
                        "No Maven is found that could build the example. Run this test with Maven, or name its directory in"
                                + " MAVEN_HOME or by -D" + PROPERTY + ", or put mvn on the PATH."));
    }

    private static Optional<Path> onPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(folder -> Path.of(folder, "mvn"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(InstalledMaven::homeOf);
    }

    private static Path homeOf(Path program) {
        try {
            return program.toRealPath().resolve("../..").normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
