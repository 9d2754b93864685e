package org.apache.cloudstack.framework.dbupgrade.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;

/**
 * The executables of an installed server.
 *
 * @param server the server itself
 * @param product whose it is
 * @param version such as {@code 11.4.5-MariaDB}
 */
public record ServerPrograms(Path server, ServerProduct product, String version) {

    private static final List<String> NAMES = List.of("mariadbd", "mysqld");
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    private static final Pattern VERSION = Pattern.compile("\\bVer (\\d+\\.\\d+\\.\\d+[\\w.+-]*)");

    /** Those of a directory, as they introduce themselves. */
    public static Stream<ServerPrograms> in(Path folder) {
        return NAMES.stream().map(folder::resolve).flatMap(file -> at(file).stream());
    }

    private static Optional<ServerPrograms> at(Path server) {
        if (!Files.isRegularFile(server) || !Files.isExecutable(server)) {
            return Optional.empty();
        }
        try {
            String answer = answer(server);
            Matcher version = VERSION.matcher(answer);
            boolean isMariaDb = answer.toLowerCase(Locale.ROOT).contains("mariadb");
            return version.find()
                    ? Optional.of(new ServerPrograms(
                            server, isMariaDb ? ServerProduct.MARIADB : ServerProduct.MYSQL, version.group(1)))
                    : Optional.empty();
        } catch (IOException e) {
            // what cannot be started is none
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String answer(Path server) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(server.toString(), "--no-defaults", "--version");
        libraries(server).ifPresent(folder -> builder.environment().put("LD_LIBRARY_PATH", folder.toString()));
        Process process = builder.redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
            return ended ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8) : "";
        } finally {
            process.destroyForcibly();
        }
    }

    /** Major and minor version. */
    public String line() {
        return String.join(".", List.of(version.split("\\.", -1)).subList(0, 2));
    }

    /** The directory of the executables, those of a client too if they are there. */
    public Path folder() {
        return parent(server);
    }

    /** The directory above, which has what the server reads, if it is not compiled into it. */
    Optional<Path> base() {
        return Optional.of(parent(folder())).filter(base -> Files.isDirectory(base.resolve("share")));
    }

    /** The directory of libraries that were packed with the server. */
    Optional<Path> libraries() {
        return libraries(server);
    }

    private static Optional<Path> libraries(Path server) {
        return Optional.of(parent(parent(server)).resolve("libs")).filter(Files::isDirectory);
    }

    /** The executable that makes the first tables of a MariaDB; MySQL's server does so itself. */
    Optional<Path> installer() {
        Path above = parent(folder());
        return Stream.of(folder(), above.resolve("scripts"), above.resolve("bin"))
                .flatMap(each ->
                        Stream.of("mariadb-install-db", "mysql_install_db").map(each::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }

    @Override
    public String toString() {
        return product + " " + version + " (" + server + ")";
    }
}
