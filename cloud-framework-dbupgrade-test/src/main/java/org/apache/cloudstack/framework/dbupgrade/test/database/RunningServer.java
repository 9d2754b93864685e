package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.net.InetSocketAddress;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A server that has answered. */
record RunningServer(ServerUrl url, String user, String password, String version, Runnable stop)
        implements DatabaseServer {

    /**
     * Asks the server for its version, and so proves that it answers.
     *
     * @throws org.springframework.dao.DataAccessException when it does not
     */
    static RunningServer connect(ServerUrl url, String user, String password, Runnable stop) {
        DataSource dataSource = new DriverManagerDataSource(url.text(), user, password);
        return new RunningServer(url, user, password, ServerVersion.of(dataSource), stop);
    }

    @Override
    public String jdbcUrl() {
        return url.text();
    }

    @Override
    public String jdbcUrl(String database) {
        return url.withDatabase(database);
    }

    @Override
    public InetSocketAddress address() {
        return url.address();
    }

    @Override
    public DatabaseServer at(InetSocketAddress address) {
        return new RunningServer(url.at(address), user, password, version, () -> {});
    }

    @Override
    public DataSource dataSource() {
        return new DriverManagerDataSource(url.text(), user, password);
    }

    @Override
    public void close() {
        stop.run();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return version + " at " + url.text();
    }
}
