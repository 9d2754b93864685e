package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.SharedClasses;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tool as users start it: a process of the packed jar. Where the build has not packed it yet, as under {@code mvn test},
 * it is the same classes on the class path.
 *
 * @param folder where it runs and where its output is kept
 * @param environment what is set in addition
 */
record ToolProcess(Path folder, Map<String, String> environment) {

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final List<String> IN_THE_FOREGROUND = inTheForeground();

    ToolProcess {
        environment = Map.copyOf(environment);
    }

    /**
     * How it ended.
     *
     * @param status the status of the process
     * @param out what it wrote to standard output
     * @param err what it wrote to standard error
     */
    record Ending(int status, String out, String err) {

        JsonNode json() {
            return JsonMapper.builder().build().readTree(out);
        }

        ExitCode code() {
            return ExitCode.values()[status];
        }
    }

    ToolProcess with(String variable, String value) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put(variable, value);
        return new ToolProcess(folder, all);
    }

    /** Whether it runs from the packed jar. */
    static boolean isPacked() {
        return tool().toString().endsWith(".jar");
    }

    /** Runs it to its end. */
    Ending run(String... arguments) {
        Running running = start(arguments);
        return running.ending();
    }

    /** Runs it to its end in a JVM with further options. */
    Ending run(List<String> options, String... arguments) {
        return start(options, arguments).ending();
    }

    /** Starts it. */
    Running start(String... arguments) {
        List<String> command = new ArrayList<>(commandLine());
        command.addAll(List.of(arguments));
        return launch(command);
    }

    /** Starts it in a JVM with further options. */
    Running start(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(commandLine(options));
        command.addAll(List.of(arguments));
        return launch(command);
    }

    /** What starts the tool, without a command of it. */
    static List<String> commandLine() {
        return commandLine(isPacked() ? classes().use() : List.of());
    }

    /** What runs in the background of a script does not hear Control-C, nor does what it starts, but for this. */
    private static List<String> inTheForeground() {
        try {
            List<String> hearing = List.of("env", "--default-signal=INT");
            Process trial = new ProcessBuilder(hearing).start();
            trial.getInputStream().transferTo(OutputStream.nullOutputStream());
            // only GNU's knows that
            return trial.waitFor() == 0 ? hearing : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> commandLine(List<String> options) {
        List<String> command = new ArrayList<>(IN_THE_FOREGROUND);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(program());
        return command;
    }

    /** Starts another executable where the tool would run, such as a shell that starts the tool. */
    Running launch(List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "tool", ".out");
            Path err = Files.createTempFile(folder, "tool", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("DBUPGRADE_"));
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process under way. */
    record Running(Process process, Path out, Path err) {

        /** Waits for its end. */
        Ending ending() {
            try {
                if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly().waitFor();
                    throw new IllegalStateException("The tool runs for longer than " + LONGEST + "\n" + text(err));
                }
                return new Ending(process.exitValue(), text(out), text(err));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Stops it as an operator does. */
        void controlC() throws IOException, InterruptedException {
            // the shell's own kill: not every machine has it as an executable
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
        }

        /** What it has reported so far on standard error. */
        String told() {
            return text(err);
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the packed jar's processes share. */
    static SharedClasses classes() {
        return SharedClasses.of(Path.of("target"), "tool", List.of(jar()));
    }

    /** The packed jar, where {@link #isPacked} says that it is there. */
    static Path jar() {
        return Path.of(tool().toString().replaceFirst("\\.jar$", "-cli.jar"));
    }

    private static List<String> program() {
        if (isPacked()) {
            return List.of("-jar", jar().toString());
        }
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of("-cp", classPath, DatabaseUpgradeTool.class.getName());
    }

    private static Path tool() {
        try {
            return Path.of(DatabaseUpgradeTool.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
