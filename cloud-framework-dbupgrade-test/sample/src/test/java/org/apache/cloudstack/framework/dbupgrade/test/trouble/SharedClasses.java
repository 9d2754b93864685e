package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of jars as JVMs share them between processes: an executable that finds them starts in half the time. A run of the
 * executable lists what it loads, which is then packed, once for these jars; that takes about five seconds. Classes in directories
 * are left out, which may be compiled again. Where any of it fails, executables start as they do without.
 *
 * <p>{@link #start} does it by itself. For an executable that is started in another way:
 *
 * <pre>{@code
 * SharedClasses classes = SharedClasses.of(Path.of("target"), "tool", List.of(jar));
 * SharedClasses.Listing listing = classes.listing();
 * run(listing.options(), "-jar", jar, "upgrade");
 * listing.ended();
 * classes.pack();
 * run(classes.use(), "-jar", jar, "upgrade");
 * }</pre>
 *
 * @param archive where they are, or will be
 * @param list what a run has loaded, until that is packed
 * @param jars what the class path starts with
 */
public record SharedClasses(Path archive, Path list, List<Path> jars) {

    private static final List<String> ALWAYS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            // it would complain where the executable's output is read
            "-Xlog:cds=off");

    /** Jars are looked up in this order. */
    public SharedClasses {
        jars = List.copyOf(jars);
    }

    /**
     * Those of an executable.
     *
     * @param folder where they are kept
     * @param name what the files' names start with
     * @param jars what its class path starts with
     * @throws UncheckedIOException when one of them is not there
     */
    public static SharedClasses of(Path folder, String name, List<Path> jars) {
        // a JVM refuses those of other jars, or of another JVM
        String key = jars.stream().map(SharedClasses::identity).collect(Collectors.joining("\n")) + Runtime.version();
        String file = name + "-" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        Path absolute = folder.toAbsolutePath();
        return new SharedClasses(absolute.resolve(file + ".jsa"), absolute.resolve(file + ".classes"), jars);
    }

    /**
     * Starts an executable that tests start dozens of times; what it shares is kept in the directory {@code target}, if there is one.
     *
     * @param name what the files' names start with
     * @param listener gets each line of its output
     */
    public static ChildJvm start(String name, JvmProgram program, BiConsumer<ChildJvm, String> listener) {
        Path build = Path.of("target");
        if (!Files.isDirectory(build)) {
            return program.start(listener);
        }
        SharedClasses classes = of(build, name, JvmProgram.jars());
        classes.pack();
        if (classes.arePacked()) {
            return program.withOptions(classes.use().toArray(String[]::new)).start(listener);
        }
        Listing listing = classes.listing();
        ChildJvm child =
                program.withOptions(listing.options().toArray(String[]::new)).start(listener);
        child.whenEnded(listing::ended);
        return child;
    }

    private static String identity(Path jar) {
        try {
            return jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether they are there. */
    public boolean arePacked() {
        return Files.exists(archive);
    }

    /** What a JVM needs to use them; nothing as long as they are not there. */
    public List<String> use() {
        return arePacked() ? options("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    private static List<String> options(String option) {
        return Stream.concat(ALWAYS.stream(), Stream.of(option)).toList();
    }

    /** A run that lists what it loads; several may do so at the same time, and one of the lists is kept. */
    public Listing listing() {
        return new Listing(draft(), list);
    }

    private Path draft() {
        return archive.resolveSibling(archive.getFileName() + "." + UUID.randomUUID());
    }

    /**
     * A run that lists what it loads.
     *
     * @param draft where it does
     * @param list where the list is kept when it has ended
     */
    public record Listing(Path draft, Path list) {

        /** What its JVM needs. */
        public List<String> options() {
            return SharedClasses.options("-XX:DumpLoadedClassList=" + draft);
        }

        /** Keeps the list, also that of a run that was killed. */
        public void ended() {
            try {
                Files.move(draft, list, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                // another run will list
                draft.toFile().delete();
            }
        }
    }

    /**
     * Packs what is listed, where it is not packed yet; of several processes one does.
     *
     * @throws UncheckedIOException when a file cannot be written
     */
    public void pack() {
        Path draft = draft();
        Path mine = Path.of(draft + ".classes");
        try {
            Files.move(list, mine, StandardCopyOption.ATOMIC_MOVE);
            if (!arePacked() && hasPacked(withoutCutOffLine(mine), draft)) {
                Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (NoSuchFileException e) {
            // nothing is listed yet, or another process packs it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            mine.toFile().delete();
            draft.toFile().delete();
        }
    }

    /** Of a run that was killed, the last line may be. */
    private static Path withoutCutOffLine(Path listed) throws IOException {
        String lines = Files.readString(listed);
        return Files.writeString(listed, lines.substring(0, lines.lastIndexOf('\n') + 1));
    }

    private boolean hasPacked(Path listed, Path draft) throws IOException {
        Process process = new ProcessBuilder(
                        JvmProgram.java(),
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + listed,
                        "-XX:SharedArchiveFile=" + draft,
                        "-cp",
                        JvmProgram.classPath(jars))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor() == 0 && Files.exists(draft);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
