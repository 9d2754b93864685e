package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.state.Ending;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/** The sample's server boots on real databases, as its operators boot theirs. */
@SampleUpgrade
class SampleManagementServerTest {

    @Test
    @UpgradeDatabase(at = "4.5.3")
    void bootsAndAnswersWithTheReleaseItUpgradedTo(MigratedDatabase database) {
        try (ConfigurableApplicationContext server = boot(database, "4.7.0")) {
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
    @UpgradeDatabase(at = "4.7.0")
    void codeOf430IsRefusedOnADatabaseOf470AndANewBootChangesNothing(MigratedDatabase database) {
        Ending before = Ending.of(database.server(), database.schemas());

        Throwable failure =
                catchThrowable(() -> boot(database, "4.3.0-SNAPSHOT").close());
        boot(database, "4.7.0").close();

        assertThat(failure)
                .hasRootCauseInstanceOf(UpgradeRefusedException.class)
                .rootCause()
                .hasMessageContaining(FindingCode.DATABASE_NEWER.name());
        assertThat(Ending.of(database.server(), database.schemas())).isEqualTo(before);
    }

    private static ConfigurableApplicationContext boot(MigratedDatabase database, String release) {
        DatabaseServer server = database.server().server();
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
