package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An executable to be started in a JVM of its own, on the class path of the tests.
 *
 * <pre>{@code
 * JvmProgram upgrade = JvmProgram.of(Upgrade.class, server.jdbcUrl()).with("PASSWORD", server.password());
 * try (ChildJvm child = upgrade.start((process, line) -> process.kill())) {
 *     child.awaitExit(Duration.ofSeconds(30));
 * }
 * }</pre>
 */
public final class JvmProgram {

    private final Class<?> main;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final List<String> options;

    private JvmProgram(Class<?> main, List<String> arguments, Map<String, String> environment, List<String> options) {
        this.main = main;
        this.arguments = arguments;
        this.environment = environment;
        this.options = options;
    }

    /**
     * An executable with its arguments, which every user of the machine can read; a password belongs into
     * {@link #with(String, String)}.
     *
     * @param main the class with the method {@code main}
     */
    public static JvmProgram of(Class<?> main, String... arguments) {
        return new JvmProgram(main, List.of(arguments), Map.of(), List.of());
    }

    /** The same with one more variable in its environment, which only its owner can read. */
    public JvmProgram with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new JvmProgram(main, arguments, Map.copyOf(more), options);
    }

    /** The same in a JVM with these options, such as {@code -Xmx64m}. */
    public JvmProgram withOptions(String... options) {
        return new JvmProgram(main, arguments, environment, List.of(options));
    }

    /** Starts it. */
    public ChildJvm start() {
        return start((child, line) -> {});
    }

    /**
     * Starts it.
     *
     * @param listener gets each line of its output, in the order of the output and in one thread; the next line is read
     *     when it is done with this one
     */
    public ChildJvm start(BiConsumer<ChildJvm, String> listener) {
        try {
            return ChildJvm.of(process(), listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process process() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> command() {
        // It lives for seconds: the second compiler and threads for garbage would only take time from the tests.
        Stream<String> java = Stream.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        // jars first, for only those that a class path starts with can be shared
        List<Path> path = Stream.concat(jars().stream(), classPath().filter(entry -> !isJar(entry)))
                .toList();
        Stream<String> program = Stream.of("-cp", classPath(path), main.getName());
        return Stream.of(java, options.stream(), program, arguments.stream())
                .flatMap(part -> part)
                .toList();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static String classPath(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    static List<Path> jars() {
        return classPath().filter(JvmProgram::isJar).toList();
    }

    private static boolean isJar(Path entry) {
        return Files.isRegularFile(entry);
    }

    private static Stream<Path> classPath() {
        // Surefire may start the tests from a jar that only refers to the class path.
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .map(Path::of);
    }
}
