package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.springframework.dao.DataAccessException;

/**
 * Three MariaDB servers that replicate to each other with Galera, so that each takes writes. They are started outside of
 * the tests; a suite that needs them is left out where {@link #URLS} is not set.
 *
 * <pre>{@code
 * try (GaleraCluster cluster = GaleraCluster.given()) {
 *     cluster.node(2).kill();
 *     cluster.node(2).restart();
 *     cluster.node(1).awaitSynced(3);
 * }
 * }</pre>
 */
public final class GaleraCluster implements AutoCloseable {

    /** The variable with the URLs of the three nodes, without a database, with commas between them. */
    public static final String URLS = "DBUPGRADE_TEST_GALERA";

    /**
     * The variable with the path of a script: {@code node N} starts node N (1 to 3) and returns when it is synced,
     * {@code pid N} prints its process id.
     */
    public static final String SCRIPT = "DBUPGRADE_TEST_GALERA_SCRIPT";

    private static final String USER = "DBUPGRADE_TEST_USER";
    private static final String PASSWORD = "DBUPGRADE_TEST_PASSWORD";
    private static final int NODES = 3;

    private final List<GaleraNode> nodes;

    private GaleraCluster(List<GaleraNode> nodes) {
        this.nodes = nodes;
    }

    /**
     * The cluster that the environment names, with {@code DBUPGRADE_TEST_USER} (root unless given) and
     * {@code DBUPGRADE_TEST_PASSWORD} (empty unless given).
     *
     * @throws IllegalStateException when it names none, or one of which a node does not answer
     */
    public static GaleraCluster given() {
        return from(System.getenv());
    }

    static GaleraCluster from(Map<String, String> environment) {
        String[] urls = environment.getOrDefault(URLS, "").strip().split("\\s*,\\s*");
        if (urls.length != NODES) {
            throw new IllegalStateException(
                    URLS + " names no cluster: set it to the URLs of three nodes, with commas between them.");
        }
        GaleraScript script = script(environment.getOrDefault(SCRIPT, ""));
        List<GaleraNode> nodes = new ArrayList<>();
        for (String url : urls) {
            nodes.add(new GaleraNode(nodes.size() + 1, connect(url, environment), script));
        }
        return new GaleraCluster(List.copyOf(nodes));
    }

    /**
     * A node.
     *
     * @param number 1, 2 or 3
     */
    public GaleraNode node(int number) {
        return nodes.get(number - 1);
    }

    /** Brings back the nodes that a test has killed or frozen, so that the next one finds all of them synced. */
    @Override
    public void close() {
        nodes.forEach(GaleraNode::revive);
        nodes.forEach(node -> node.awaitSynced(NODES));
    }

    private static GaleraScript script(String path) {
        if (!Files.isRegularFile(Path.of(path))) {
            throw new IllegalStateException(SCRIPT + " names '" + path
                    + "', which is no file: set it to the script that starts and stops nodes of the cluster.");
        }
        return new GaleraScript(Path.of(path));
    }

    private static DatabaseServer connect(String url, Map<String, String> environment) {
        try {
            return TestServers.running(
                    url, environment.getOrDefault(USER, "root"), environment.getOrDefault(PASSWORD, ""));
        } catch (IllegalArgumentException | DataAccessException e) {
            throw new IllegalStateException(
                    URLS + " names " + url + ", where no node answers: start the cluster again, or unset " + URLS
                            + " to leave out the suites that need it.",
                    e);
        }
    }
}
