package org.apache.cloudstack.framework.dbupgrade.migration;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The head of a migration location: one value over all that lies in it, computed when the jar is built, so that a start
 * with nothing to do need not read the migrations to know which ones it brings. It stands in the file {@value #FILE} of the
 * location, and is believed in jars only: in a folder of classes somebody may have edited a script since.
 */
public final class MigrationHead {

    /** The file's name. */
    public static final String FILE = "dbupgrade.head";

    private static final String CLASS_PATH = "classpath:";

    private MigrationHead() {}

    /**
     * Writes the heads of locations, before they are packed into a jar.
     *
     * @param arguments the folder of classes and resources, such as {@code target/classes}, then the locations in it, such
     *     as {@code db/upgrade}
     * @throws IOException when one of them cannot be read or written
     */
    public static void main(String... arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("Give the folder of classes, such as target/classes, and the migration"
                    + " locations in it, such as db/upgrade");
        }
        for (String location : List.of(arguments).subList(1, arguments.length)) {
            Path folder = Path.of(arguments[0], location);
            Files.writeString(folder.resolve(FILE), of(folder) + "\n");
        }
    }

    /**
     * The head of a folder: SHA-256 over the paths and contents of all files in it but the head itself.
     *
     * @throws IOException when a file cannot be read
     */
    public static String of(Path folder) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files(folder)) {
            byte[] content = Files.readAllBytes(file);
            String path = folder.relativize(file).toString().replace('\\', '/');
            digest.update((path + '\0' + content.length + '\0').getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path folder) throws IOException {
        FileTree tree = FileTree.below(folder);
        if (!tree.findings().isEmpty()) {
            throw new IOException(tree.findings().get(0).problem());
        }
        return tree.files().stream()
                .filter(file -> !file.equals(folder.resolve(FILE)))
                .toList();
    }

    /**
     * The one value for all locations and for what else decides about an upgrade.
     *
     * @param locations as in {@link MigrationScanner#scan}
     * @param rest what else decides
     * @return empty when a location is no folder of jars alone, or one of the jars has no head
     * @throws IOException when a head cannot be read
     */
    public static Optional<String> of(List<String> locations, ClassLoader loader, String rest) throws IOException {
        List<String> heads = new ArrayList<>();
        for (String location : locations) {
            List<URL> files = location.startsWith(CLASS_PATH)
                    ? filesOf(location.substring(CLASS_PATH.length()), loader)
                    : List.of();
            if (files.isEmpty()) {
                return Optional.empty();
            }
            for (URL file : files) {
                heads.add(text(file));
            }
        }
        Collections.sort(heads);
        byte[] all = (String.join("\n", heads) + '\0' + rest).getBytes(StandardCharsets.UTF_8);
        return Optional.of(HexFormat.of().formatHex(sha256().digest(all)));
    }

    /** The heads of all jars with the folder; none when one of them has no head, or is no jar. */
    private static List<URL> filesOf(String folder, ClassLoader loader) throws IOException {
        List<URL> files = Collections.list(loader.getResources(folder + "/" + FILE));
        boolean isWhole = files.size()
                        == Collections.list(loader.getResources(folder + "/")).size()
                && files.stream().allMatch(file -> file.getProtocol().equals("jar"));
        return isWhole ? files : List.of();
    }

    private static String text(URL file) throws IOException {
        try (InputStream in = file.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
