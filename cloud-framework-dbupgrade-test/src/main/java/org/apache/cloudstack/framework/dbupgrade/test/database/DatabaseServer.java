package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.net.InetSocketAddress;
import javax.sql.DataSource;

/**
 * A MySQL or MariaDB server that answers, with a user who may do everything on it. {@link TestServers} gives one to all tests,
 * as in {@code TestServers.shared().dataSource()}.
 */
public interface DatabaseServer extends AutoCloseable {

    /** The URL of the server with no database selected, for MySQL's Connector/J. */
    String jdbcUrl();

    /** The URL with a database selected, whether or not it exists yet. */
    String jdbcUrl(String database);

    /**
     * The host and port of the URL.
     *
     * @throws IllegalArgumentException when the URL names several
     */
    InetSocketAddress address();

    /** The same server, reached at another address; to close this view stops nothing. */
    DatabaseServer at(InetSocketAddress address);

    String user();

    /** The password of the user; may be empty. */
    String password();

    /** Product and version, such as {@code MariaDB 11.4.5} or {@code MySQL 9.7.0}. */
    String version();

    /** Connections with no database selected. They are not pooled: each one is opened again, and closed for good. */
    DataSource dataSource();

    /** Stops the server and removes its files; does nothing to a server that was only given. */
    @Override
    void close();
}
