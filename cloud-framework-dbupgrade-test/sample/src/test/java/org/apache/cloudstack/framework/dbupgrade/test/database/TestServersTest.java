package org.apache.cloudstack.framework.dbupgrade.test.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

class TestServersTest {

    @Test
    void theSharedServerAnswers() {
        DatabaseServer server = TestServers.shared();

        try (TestDatabase database = TestDatabase.fresh(server)) {
            assertThat(ServerVersion.of(database.dataSource())).isEqualTo(server.version());
            assertThat(database.rows("SELECT 'yes' AS answer")).containsExactly(Map.of("answer", "yes"));
        }
    }

    @Test
    void theSharedServerIsStartedOnce() {
        assertThat(TestServers.shared()).isSameAs(TestServers.shared());
    }

    @Test
    void mariaDbHasTheVersionAskedFor() {
        assertThat(TestServers.mariaDb11_4().version()).isEqualTo("MariaDB 11.4.5");
        assertThat(TestServers.mariaDb10_11().version()).isEqualTo("MariaDB 10.11.5");
    }

    @Test
    void mariaDbIsReachedFromThisMachineOnlyAndWithItsPassword() {
        DatabaseServer server = TestServers.mariaDb11_4();

        assertThat(variable(server, "bind_address")).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> RunningServer.connect(ServerUrl.parse(server.jdbcUrl()), "root", "", () -> {}))
                .isInstanceOf(CannotGetJdbcConnectionException.class);
    }

    @Test
    void theFilesOfMariaDbBelongToTheirOwnerOnly() throws Exception {
        Path directory = Path.of(variable(TestServers.mariaDb11_4(), "datadir")).getParent();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void aStoppedMariaDbLeavesNoFiles() {
        DatabaseServer server = EmbeddedMariaDb.start(EmbeddedMariaDb.V11_4);
        Path data = Path.of(variable(server, "datadir")).getParent();
        Path programs = Path.of(variable(server, "socket")).getParent();
        assertThat(data).exists();
        assertThat(programs).exists();

        server.close();

        assertThat(data).doesNotExist();
        assertThat(programs).doesNotExist();
    }

    @Test
    void aVersionThatIsNotOnTheClassPathIsNamed() {
        assertThatThrownBy(() -> EmbeddedMariaDb.start("5.5.1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mariadb-5.5.1")
                .hasMessageContaining("class path");
    }

    @Test
    void aFreshDatabaseHasNothingOfTheTestBefore() {
        try (TestDatabase before = TestDatabase.fresh(TestServers.shared(), "other")) {
            before.run("CREATE DATABASE cloud; CREATE DATABASE cloud_usage; CREATE DATABASE other");
        }

        try (TestDatabase database = TestDatabase.fresh(TestServers.shared(), "other")) {
            assertThat(database.rows("SHOW DATABASES"))
                    .flatExtracting(Map::values)
                    .doesNotContain("cloud", "cloud_usage", "other");
        }
    }

    @Test
    void severalStatementsRunTogetherUntilOneFails() {
        try (TestDatabase database = TestDatabase.fresh(TestServers.shared())) {
            database.run("CREATE DATABASE cloud; CREATE TABLE cloud.a (id INT); INSERT INTO cloud.a VALUES (1), (2)");
            assertThat(database.count("cloud.a")).isEqualTo(2);

            assertThatThrownBy(() -> database.run("INSERT INTO cloud.a VALUES (3); INSERT INTO cloud.b VALUES (1)"))
                    .isInstanceOf(BadSqlGrammarException.class);
            assertThat(database.count("cloud.a")).isEqualTo(3);
        }
    }

    private static String variable(DatabaseServer server, String name) {
        try (TestDatabase database = TestDatabase.fresh(server)) {
            return database.jdbc()
                    .sql("SELECT variable_value FROM information_schema.global_variables WHERE variable_name = ?")
                    .param(name)
                    .query(String.class)
                    .single();
        }
    }
}
