package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/** The sample's server boots on real databases, as its operators boot theirs. */
class SampleManagementServerTest {

    @Test
    void bootsAndAnswersWithTheReleaseItUpgradedTo() {
        try (SampleDatabase database = new SampleDatabase(TestServers.shared()).at("4.5.3");
                ConfigurableApplicationContext server = boot(database, "4.7.0")) {
            RestClient client = RestClient.create(
                    "http://localhost:" + server.getEnvironment().getProperty("local.server.port"));

            assertThat(client.get().uri("/").retrieve().body(String.class)).contains("\"release\":\"4.7.0\"");
            assertThat(client.get().uri("/actuator/health").retrieve().body(String.class))
                    .contains("\"dbupgrade\":{\"details\":{\"database\":\"4.7.0\"");
            assertThat(client.get().uri("/actuator/dbupgrade").retrieve().body(String.class))
                    .contains("V_4_6_0_G__drop_priority_bumpup.sql", "\"pending\":[]");
        }
    }

    @Test
    void codeOf430IsRefusedOnADatabaseOf470AndANewBootChangesNothing() {
        try (SampleDatabase database = new SampleDatabase(TestServers.shared()).at("4.7.0")) {
            Map<String, String> before = database.contents();

            Throwable failure =
                    catchThrowable(() -> boot(database, "4.3.0-SNAPSHOT").close());
            boot(database, "4.7.0").close();

            assertThat(failure)
                    .hasRootCauseInstanceOf(UpgradeRefusedException.class)
                    .rootCause()
                    .hasMessageContaining(FindingCode.DATABASE_NEWER.name());
            assertThat(database.contents()).isEqualTo(before);
        }
    }

    private static ConfigurableApplicationContext boot(SampleDatabase database, String release) {
        DatabaseServer server = database.database().server();
        return SampleManagementServer.start(Map.of(
                "server.port",
                0,
                "spring.datasource.url",
                server.jdbcUrl("cloud"),
                "spring.datasource.username",
                server.user(),
                "spring.datasource.password",
                server.password(),
                "cloud.dbupgrade.release",
                release,
                "spring.jpa.database-platform",
                "org.hibernate.dialect.MySQLDialect"));
    }
}
