package org.apache.cloudstack.framework.dbupgrade.test.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenServerTest {

    @Test
    void noServerIsGivenWithoutTheVariable() {
        assertThat(GivenServer.from(Map.of(), 1)).isEmpty();
        assertThat(GivenServer.from(Map.of("DBUPGRADE_TEST_URL", " "), 1)).isEmpty();
    }

    @Test
    void aGivenServerThatAnswersIsUsed() {
        DatabaseServer running = TestServers.shared();
        Map<String, String> environment = environmentOf(running, running.jdbcUrl());

        assertThat(GivenServer.from(environment, 1))
                .get()
                .extracting(DatabaseServer::version)
                .isEqualTo(running.version());
    }

    @Test
    void aGivenServerThatDoesNotAnswerIsAFailureThatNamesTheVariable() {
        Map<String, String> environment = Map.of("DBUPGRADE_TEST_URL", "jdbc:mysql://127.0.0.1:1/");

        assertThatThrownBy(() -> GivenServer.from(environment, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DBUPGRADE_TEST_URL names jdbc:mysql://127.0.0.1:1/")
                .hasMessageContaining("unset DBUPGRADE_TEST_URL");
    }

    @Test
    void eachTestProcessHasAServerOfItsOwn() {
        DatabaseServer running = TestServers.shared();
        Map<String, String> environment =
                environmentOf(running, " jdbc:mysql://127.0.0.1:1/  " + running.jdbcUrl() + "\n");

        assertThat(GivenServer.from(environment, 2))
                .get()
                .extracting(DatabaseServer::jdbcUrl)
                .isEqualTo(running.jdbcUrl());
        assertThatThrownBy(() -> GivenServer.from(environment, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "DBUPGRADE_TEST_URL names 2 of the servers that 3 test processes need. Name one for each, with"
                                + " blanks between them, or run fewer: -DforkCount=2");
    }

    @Test
    void aUrlWithADatabaseIsRefused() {
        Map<String, String> environment = Map.of("DBUPGRADE_TEST_URL", "jdbc:mysql://127.0.0.1:3306/cloud");

        assertThatThrownBy(() -> GivenServer.from(environment, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DBUPGRADE_TEST_URL")
                .hasMessageContaining("without a database");
    }

    @Test
    void theNameOfADatabaseGoesBeforeTheOptions() {
        ServerUrl url = ServerUrl.parse("jdbc:mysql://db:3306/?sslMode=DISABLED");

        assertThat(url.withDatabase("cloud")).isEqualTo("jdbc:mysql://db:3306/cloud?sslMode=DISABLED");
        assertThat(url.withOption("a=b")).isEqualTo("jdbc:mysql://db:3306/?sslMode=DISABLED&a=b");
    }

    private static Map<String, String> environmentOf(DatabaseServer server, String urls) {
        return Map.of(
                "DBUPGRADE_TEST_URL", urls,
                "DBUPGRADE_TEST_USER", server.user(),
                "DBUPGRADE_TEST_PASSWORD", server.password());
    }
}
