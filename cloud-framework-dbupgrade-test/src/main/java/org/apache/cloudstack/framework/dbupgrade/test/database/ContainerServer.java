package org.apache.cloudstack.framework.dbupgrade.test.database;

import org.springframework.boot.logging.LogLevel;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.mariadb.MariaDBContainer;
import org.testcontainers.mysql.MySQLContainer;

/** A server in a container, where a Docker engine answers. */
final class ContainerServer {

    private static final QuietLog SEARCH_LOG = new QuietLog("org.testcontainers", LogLevel.OFF);
    private static final int PORT = 3306;

    private ContainerServer() {}

    /** Whether an engine answers; that none does is normal on many machines. */
    static boolean engineAnswers() {
        return SEARCH_LOG.during(() -> DockerClientFactory.instance().isDockerAvailable());
    }

    /**
     * Starts the container.
     *
     * @param image such as {@code mysql:8.4} or {@code mariadb:11.4}
     */
    static DatabaseServer start(String image) {
        return image.startsWith("mariadb") ? start(new MariaDBContainer(image)) : start(new MySQLContainer(image));
    }

    // The container outlives this method, and is stopped by the server that holds it.
    @SuppressWarnings("resource")
    private static DatabaseServer start(JdbcDatabaseContainer<?> container) {
        container
                .withUsername("root")
                .withPassword(RandomPassword.create())
                .withCommand(
                        "--innodb-flush-log-at-trx-commit=2",
                        "--innodb-doublewrite=0",
                        "--innodb-buffer-pool-size=256M",
                        "--skip-name-resolve",
                        "--log-bin-trust-function-creators=1",
                        "--max-connections=200");
        container.start();
        ServerUrl url = ServerUrl.local(container.getHost(), container.getMappedPort(PORT));
        return RunningServer.connect(url, container.getUsername(), container.getPassword(), container::stop);
    }
}
