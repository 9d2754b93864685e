package org.apache.cloudstack.framework.dbupgrade.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;

/**
 * A JVM for one measurement, with the same options for every contender. The class path is that of the tests, without what
 * an application would not have there.
 *
 * @param server where the databases are
 * @param output where it writes; a pipe would make the parent take part
 * @param options of the JVM
 */
record FreshProcess(DatabaseServer server, Path output, List<String> options) {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    // The first connection through DriverManager loads all drivers, and these would be loaded for everyone.
    private static final Pattern DRIVER_OF_THE_TEST_KIT = Pattern.compile("testcontainers-jdbc-.*\\.jar");
    // Its packed jar has the parser inside, and does not bring this one.
    private static final Pattern PARSER_INSIDE_THE_LIBRARY = Pattern.compile("druid-.*\\.jar");

    /**
     * Runs a contender once.
     *
     * @throws IllegalStateException when it fails, with what it wrote
     */
    Duration run(Entrant entrant, Measure measure, Path jar) throws IOException, InterruptedException {
        Process process = start(entrant, measure, jar);
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        List<String> lines = Files.readAllLines(output);
        return lines.stream()
                .filter(line -> line.startsWith(ContenderProcess.FIGURE))
                .map(line -> Duration.ofNanos(Long.parseLong(line.substring(ContenderProcess.FIGURE.length()))))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(entrant.name() + " did not come to its end:\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()))));
    }

    private Process start(Entrant entrant, Measure measure, Path jar) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Dlogback.configurationFile=logback-bench.xml",
                "-cp",
                classPath(jar),
                ContenderProcess.class.getName(),
                entrant.type().getName(),
                measure.name(),
                server.jdbcUrl(entrant.database()),
                server.user()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put(ContenderProcess.PASSWORD, server.password());
        return builder.start();
    }

    private static String classPath(Path jar) {
        String ofTests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.concat(Stream.of(ofTests.split(File.pathSeparator)), Stream.of(jar.toString()))
                .filter(entry -> belongsToAll(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean belongsToAll(String file) {
        return !DRIVER_OF_THE_TEST_KIT.matcher(file).matches()
                && !PARSER_INSIDE_THE_LIBRARY.matcher(file).matches();
    }
}
