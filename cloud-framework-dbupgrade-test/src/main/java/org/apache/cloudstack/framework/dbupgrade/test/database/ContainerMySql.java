package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.util.Optional;
import org.springframework.boot.logging.LogLevel;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;

/** A MySQL server in a container, where a Docker engine answers. */
final class ContainerMySql {

    private static final String IMAGE = "mysql:9.7";
    private static final QuietLog SEARCH_LOG = new QuietLog("org.testcontainers", LogLevel.OFF);

    private ContainerMySql() {}

    /** Starts the container; empty when no engine answers, which is normal on many machines. */
    static Optional<DatabaseServer> start() {
        boolean engineAnswers =
                SEARCH_LOG.during(() -> DockerClientFactory.instance().isDockerAvailable());
        return engineAnswers ? Optional.of(startContainer()) : Optional.empty();
    }

    // The container outlives this method, and is stopped by the server that holds it.
    @SuppressWarnings("resource")
    private static DatabaseServer startContainer() {
        MySQLContainer container = new MySQLContainer(IMAGE)
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
        ServerUrl url = ServerUrl.local(container.getHost(), container.getMappedPort(MySQLContainer.MYSQL_PORT));
        return RunningServer.connect(url, container.getUsername(), container.getPassword(), container::stop);
    }
}
