package org.apache.cloudstack.framework.dbupgrade.test.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;

class KillableServerTest {

    @Test
    void committedRowsOutliveAKillAndOthersDoNot() throws Exception {
        try (KillableServer server = KillableServer.start()) {
            int port = server.address().getPort();
            jdbc(server).sql("CREATE DATABASE d").update();
            jdbc(server).sql("CREATE TABLE d.t (id INT PRIMARY KEY)").update();
            jdbc(server).sql("INSERT INTO d.t VALUES (1)").update();

            Connection open = server.dataSource().getConnection();
            open.setAutoCommit(false);
            open.createStatement().execute("INSERT INTO d.t VALUES (2)");
            server.kill();
            assertThatThrownBy(open::commit).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> jdbc(server).sql("SELECT 1").query().singleValue())
                    .isInstanceOf(CannotGetJdbcConnectionException.class);

            server.restart();
            assertThat(server.address().getPort()).isEqualTo(port);
            assertThat(jdbc(server)
                            .sql("SELECT id FROM d.t")
                            .query(Integer.class)
                            .list())
                    .containsExactly(1);
        }
    }

    @Test
    void aRestartEndsWhatRunsAndKeepsTheArguments() {
        try (KillableServer server = KillableServer.start("--lock-wait-timeout=1234")) {
            jdbc(server).sql("SET GLOBAL lock_wait_timeout = 9").update();

            server.restart();

            assertThat(jdbc(server)
                            .sql("SELECT @@lock_wait_timeout")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1234);
        }
    }

    @Test
    void aKeptServerHasItsDataAgainWhenItIsStartedAnew(@TempDir Path directory) throws Exception {
        KillableServer first = KillableServer.kept(directory.resolve("database"));
        jdbc(first).sql("CREATE DATABASE d").update();
        first.stop();

        try (KillableServer second = KillableServer.kept(directory.resolve("database"))) {
            assertThat(jdbc(second)
                            .sql("SHOW DATABASES LIKE 'd'")
                            .query(String.class)
                            .list())
                    .containsExactly("d");
            assertThat(Files.getPosixFilePermissions(directory.resolve("database/user.sql")))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void nothingIsLeftOfAKilledServerThatIsClosed() {
        KillableServer server = KillableServer.start();
        Path data =
                Path.of(jdbc(server).sql("SELECT @@datadir").query(String.class).single());

        server.kill();
        assertThat(data).exists();
        server.close();

        assertThat(data.getParent()).doesNotExist();
    }

    private static JdbcClient jdbc(DatabaseServer server) {
        return JdbcClient.create(server.dataSource());
    }
}
