package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Where to connect, and as whom.
 *
 * @param url the JDBC URL
 * @param user the account
 * @param password its password; never shown
 * @param connection further options for the driver; never shown, since it may hold passwords
 */
record Login(String url, String user, String password, Map<String, String> connection) {

    private static final String CONNECT_TIMEOUT_MILLIS = "10000";

    /** Connects again each time. */
    DataSource dataSource() {
        return prepared(new DriverManagerDataSource(url, user, password));
    }

    /** The same, showing that it connects. */
    DataSource dataSource(Screen screen) {
        return prepared(new WatchedDataSource(this, screen));
    }

    private DataSource prepared(DriverManagerDataSource source) {
        Drivers.OF_THIS_MACHINE.require(url);
        Properties properties = new Properties();
        properties.putAll(connection);
        properties.putIfAbsent("connectTimeout", CONNECT_TIMEOUT_MILLIS);
        source.setConnectionProperties(properties);
        return source;
    }

    @Override
    public String toString() {
        return user + " at " + ServerErrors.address(url);
    }
}
