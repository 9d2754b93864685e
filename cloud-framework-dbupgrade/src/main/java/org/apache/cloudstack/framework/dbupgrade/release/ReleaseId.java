package org.apache.cloudstack.framework.dbupgrade.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The identity of the whole state that a release asks of a database, as a commit's is in git: the SHA-256 over the ids of
 * the releases it follows and the ids of its own changes.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ReleaseId(String hex) {

    private static final int SHORT_LENGTH = 12;

    /**
     * The ids of all releases of a graph.
     *
     * @param changes the ids of the changes that a release brings, in their order
     */
    public static NavigableMap<ReleaseVersion, ReleaseId> of(
            ReleaseGraph graph, Map<ReleaseVersion, ? extends Collection<String>> changes) {
        NavigableMap<ReleaseVersion, ReleaseId> ids = new TreeMap<>();
        for (ReleaseVersion release : graph.releases()) {
            StringBuilder content = new StringBuilder();
            graph.follows(release).stream()
                    .map(lower -> ids.getOrDefault(lower, new ReleaseId("")).hex())
                    .sorted()
                    .forEach(id -> content.append("follows ").append(id).append('\n'));
            Collection<String> own = changes.containsKey(release) ? changes.get(release) : List.of();
            own.forEach(id -> content.append("change ").append(id).append('\n'));
            ids.put(release, hash(content.toString()));
        }
        return ids;
    }

    private static ReleaseId hash(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return new ReleaseId(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The first twelve digits, for messages. */
    public String abbreviated() {
        return hex.substring(0, SHORT_LENGTH);
    }

    @Override
    public String toString() {
        return hex;
    }
}
