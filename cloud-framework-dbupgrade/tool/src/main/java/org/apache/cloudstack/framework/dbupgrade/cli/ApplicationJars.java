package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The class path that {@code --jars} names: jars, directories of jars and directories of classes. A Spring Boot jar and a WAR
 * have theirs inside; it is unpacked into a temporary directory that only this user can read and that goes with the process,
 * since a class path of jars within jars cannot be read when they are compressed, as those of a plain WAR are.
 */
final class ApplicationJars {

    private static final List<String> CLASSES = List.of("BOOT-INF/classes/", "WEB-INF/classes/");
    private static final List<String> LIBRARIES = List.of("BOOT-INF/lib/", "WEB-INF/lib/", "WEB-INF/lib-provided/");

    private final List<Path> entries = new ArrayList<>();
    private @Nullable Path unpacked;

    private ApplicationJars() {}

    /**
     * The entries of the class path, in the order in which they are named.
     *
     * @throws WrongUseException when one of them is not there or is no jar
     */
    static List<Path> classPath(List<Path> named) {
        ApplicationJars jars = new ApplicationJars();
        named.forEach(jars::add);
        return List.copyOf(jars.entries);
    }

    /** Loads what is on a class path; what the tool has itself comes first. */
    static ClassLoader loader(List<Path> classPath) {
        ClassLoader loader = new URLClassLoader(
                classPath.stream().map(ApplicationJars::url).toArray(URL[]::new),
                ApplicationJars.class.getClassLoader());
        LoadedDriver.registerThoseOf(loader);
        return loader;
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Path named) {
        if (named.toString().isBlank() || !Files.isReadable(named)) {
            throw new WrongUseException("There is no jar '" + named + "' that can be read; --jars names it.");
        }
        try {
            if (Files.isDirectory(named)) {
                addDirectory(named);
            } else {
                addJar(named);
            }
        } catch (IOException e) {
            throw new WrongUseException("--jars names " + named + ", which cannot be read as a jar: " + e.getMessage());
        }
    }

    /** Classes, an unpacked application, or jars; all of it where it has all. */
    private void addDirectory(Path directory) throws IOException {
        List<Path> classes = existing(directory, CLASSES);
        List<Path> libraries = existing(directory, LIBRARIES);
        entries.addAll(classes.isEmpty() && libraries.isEmpty() ? List.of(directory) : classes);
        for (Path library : libraries) {
            entries.addAll(jarsIn(library));
        }
        for (Path jar : jarsIn(directory)) {
            addJar(jar);
        }
    }

    private static List<Path> existing(Path directory, List<String> names) {
        return names.stream().map(directory::resolve).filter(Files::isDirectory).toList();
    }

    private static List<Path> jarsIn(Path directory) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{jar,war}")) {
            files.forEach(jars::add);
        }
        Collections.sort(jars);
        return jars;
    }

    private void addJar(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            List<JarEntry> packed = jar.stream()
                    .filter(entry -> !entry.isDirectory() && isPacked(entry.getName()))
                    .toList();
            if (packed.isEmpty()) {
                entries.add(file);
                return;
            }
            Path place = Files.createDirectory(temporary().resolve(Integer.toString(entries.size())));
            Path classes = Files.createDirectory(place.resolve("classes"));
            entries.add(classes);
            for (JarEntry entry : packed) {
                unpack(jar, entry, place, classes);
            }
        }
    }

    private static boolean isPacked(String entry) {
        return Stream.concat(CLASSES.stream(), LIBRARIES.stream()).anyMatch(entry::startsWith);
    }

    private void unpack(JarFile jar, JarEntry entry, Path place, Path classes) throws IOException {
        Optional<String> ofClasses = CLASSES.stream()
                .filter(entry.getName()::startsWith)
                .findFirst()
                .map(prefix -> entry.getName().substring(prefix.length()));
        Path target = ofClasses
                .map(classes::resolve)
                .orElseGet(() -> place.resolve(entry.getName()))
                .normalize();
        if (!target.startsWith(place)) {
            throw new IOException("it has an entry whose name leads out of it, " + entry.getName());
        }
        Files.createDirectories(target.resolveSibling("."));
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, target);
        }
        if (ofClasses.isEmpty() && target.toString().endsWith(".jar")) {
            entries.add(target);
        }
    }

    private Path temporary() throws IOException {
        if (unpacked == null) {
            Path created = Files.createTempDirectory("dbupgrade-jars-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(created.toFile())));
            unpacked = created;
        }
        return unpacked;
    }
}
