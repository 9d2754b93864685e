package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * One value over all that the jars with migrations contain, so that a start with nothing to do need not read the migrations to
 * know which ones it brings. It comes from the directories of the jars, which have the size and the CRC-32 of each file.
 */
public final class MigrationFingerprint {

    private static final String CLASS_PATH = "classpath:";

    private MigrationFingerprint() {}

    /**
     * The fingerprint of all locations and of what else decides about an upgrade.
     *
     * @param locations as in {@link MigrationScanner#scan}
     * @param rest what else decides
     * @return empty when a location is not in jars alone: somebody may have edited a file in a directory since
     * @throws IOException when a jar cannot be read
     */
    public static Optional<String> of(List<String> locations, ClassLoader loader, String rest) throws IOException {
        List<String> files = new ArrayList<>();
        for (String location : locations) {
            List<URL> roots = location.startsWith(CLASS_PATH)
                    ? Collections.list(loader.getResources(location.substring(CLASS_PATH.length()) + "/"))
                    : List.of();
            if (roots.isEmpty()) {
                return Optional.empty();
            }
            for (URL root : roots) {
                if (!(root.openConnection() instanceof JarURLConnection jar)) {
                    return Optional.empty();
                }
                files.addAll(files(jar));
            }
        }
        Collections.sort(files);
        byte[] all = (String.join("\n", files) + '\0' + rest).getBytes(StandardCharsets.UTF_8);
        return Optional.of(HexFormat.of().formatHex(sha256().digest(all)));
    }

    /** All files of a jar: a migration may use what is outside its location. */
    private static List<String> files(JarURLConnection connection) throws IOException {
        // a jar that was replaced since must not answer for the new one
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            return jar.stream()
                    .map(entry -> entry.getName() + '\0' + entry.getSize() + '\0' + entry.getCrc())
                    .toList();
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
