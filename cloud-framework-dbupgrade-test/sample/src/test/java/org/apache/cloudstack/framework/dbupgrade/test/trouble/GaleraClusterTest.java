package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of an environment that names no cluster; what a cluster does is in {@link GaleraTest}. */
class GaleraClusterTest {

    private static final String URL = "jdbc:mysql://127.0.0.1:1/";

    @Test
    void aClusterHasThreeNodes() {
        assertRefused(Map.of(), "DBUPGRADE_TEST_GALERA names no cluster");
        assertRefused(Map.of(GaleraCluster.URLS, URL + "," + URL), "DBUPGRADE_TEST_GALERA names no cluster");
    }

    @Test
    void aMissingScriptIsNamed() {
        String urls = String.join(",", URL, URL, URL);

        assertRefused(Map.of(GaleraCluster.URLS, urls), "DBUPGRADE_TEST_GALERA_SCRIPT names ''");
        assertRefused(
                Map.of(GaleraCluster.URLS, urls, GaleraCluster.SCRIPT, "/nowhere.sh"),
                "DBUPGRADE_TEST_GALERA_SCRIPT names '/nowhere.sh'");
    }

    private static void assertRefused(Map<String, String> environment, String message) {
        assertThatThrownBy(() -> GaleraCluster.from(environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(message);
    }
}
