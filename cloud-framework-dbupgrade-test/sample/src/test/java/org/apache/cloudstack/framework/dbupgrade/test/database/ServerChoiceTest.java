package org.apache.cloudstack.framework.dbupgrade.test.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.test.database.ServerChoice.Kind;
import org.apache.cloudstack.framework.dbupgrade.test.database.ServerChoice.Origin;
import org.junit.jupiter.api.Test;

class ServerChoiceTest {

    private static final Kind GIVEN = new Kind(Origin.GIVEN, "");

    @Test
    void theGivenServerComesFirstThenAContainerThenAnEmbeddedOne() {
        assertThat(choice("MySQL 8.4.2", true).of("")).isEqualTo(GIVEN);
        assertThat(choice("", true).of("")).isEqualTo(new Kind(Origin.CONTAINER, "mysql:9.7"));
        assertThat(choice("", false).of("")).isEqualTo(new Kind(Origin.EMBEDDED, "11.4.5"));
    }

    @Test
    void theGivenServerServesWhereItIsOneThatIsAskedFor() {
        assertThat(choice("MySQL 8.4.2", true).of("mysql")).isEqualTo(GIVEN);
        assertThat(choice("MySQL 8.4.2", true).of("mysql:8.4")).isEqualTo(GIVEN);
        assertThat(choice("MySQL 8.40.2", true).of("mysql:8.4")).isEqualTo(new Kind(Origin.CONTAINER, "mysql:8.4"));
        assertThat(choice("MariaDB 11.4.9", true).of("mysql:8.4")).isEqualTo(new Kind(Origin.CONTAINER, "mysql:8.4"));
    }

    @Test
    void aMariaDbOnTheClassPathNeedsNoContainer() {
        assertThat(choice("", true).of("mariadb:10.11")).isEqualTo(new Kind(Origin.EMBEDDED, "10.11.5"));
        assertThat(choice("", true).of("mariadb")).isEqualTo(new Kind(Origin.EMBEDDED, "11.4.5"));
        assertThat(choice("", true).of("mariadb:10.6")).isEqualTo(new Kind(Origin.CONTAINER, "mariadb:10.6"));
    }

    @Test
    void whatCannotBeHadIsAnErrorThatSaysWhatThereIs() {
        assertThatThrownBy(() -> choice("MySQL 9.7.0", false).of("mysql:8.4"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mysql:8.4")
                .hasMessageContaining("no Docker engine answers")
                .hasMessageContaining("DBUPGRADE_TEST_URL names MySQL 9.7.0")
                .hasMessageContaining("11.4.5, 10.11.5")
                .hasMessageContaining("Start Docker");
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThatThrownBy(() -> choice("", true).of("postgres:16"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mysql:8.4 or mariadb:11.4");
    }

    @Test
    void theVersionsOnTheClassPathAreFound() {
        assertThat(EmbeddedMariaDb.onClassPath()).containsExactly("11.4.5", "10.11.5");
    }

    private static ServerChoice choice(String given, boolean docker) {
        return new ServerChoice(
                given.isEmpty() ? Optional.empty() : Optional.of(given), () -> docker, List.of("11.4.5", "10.11.5"));
    }
}
