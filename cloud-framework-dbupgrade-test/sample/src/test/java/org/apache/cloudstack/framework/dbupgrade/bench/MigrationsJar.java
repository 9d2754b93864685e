package org.apache.cloudstack.framework.dbupgrade.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Builds the jar that an application would bring its migrations in. */
final class MigrationsJar {

    private MigrationsJar() {}

    /**
     * Writes the migrations into a directory of classes, and packs that, with entries for its directories, as Maven does.
     *
     * @param folder where jars are built
     * @return the jar
     */
    static Path build(Path folder, Layout layout, int migrations) throws IOException {
        String name = layout + "-" + migrations;
        Path classes = folder.resolve(name).resolve("classes");
        Path location = Files.createDirectories(classes.resolve(layout.folder()));
        for (int number = 1; number <= migrations; number++) {
            Files.writeString(location.resolve(layout.file(number)), layout.text(number));
        }
        for (Map.Entry<String, String> companion : layout.companions().entrySet()) {
            Files.writeString(classes.resolve(companion.getKey()), companion.getValue());
        }
        return pack(classes, folder.resolve(name + ".jar"));
    }

    private static Path pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> walk = Files.walk(classes)) {
            List<Path> files =
                    walk.filter(file -> !file.equals(classes)).sorted().toList();
            for (Path file : files) {
                boolean isFolder = Files.isDirectory(file);
                String name = classes.relativize(file).toString().replace('\\', '/');
                entries.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
                if (!isFolder) {
                    Files.copy(file, entries);
                }
                entries.closeEntry();
            }
        }
        return jar;
    }
}
