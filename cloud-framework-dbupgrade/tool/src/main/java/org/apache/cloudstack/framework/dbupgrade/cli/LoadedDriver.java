package org.apache.cloudstack.framework.dbupgrade.cli;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC driver of another class loader. {@link DriverManager} gives a driver only to those whose own class loader knows it,
 * so one of {@code --jars} is registered under this class.
 */
record LoadedDriver(Driver driver) implements Driver {

    /** Makes the drivers that a class loader finds, and its parents do not, available to everybody. */
    static void registerThoseOf(ClassLoader loader) {
        Iterator<Driver> drivers = ServiceLoader.load(Driver.class, loader).iterator();
        while (true) {
            try {
                if (!drivers.hasNext()) {
                    return;
                }
                Driver driver = drivers.next();
                if (driver.getClass().getClassLoader() == loader) {
                    DriverManager.registerDriver(new LoadedDriver(driver));
                }
            } catch (ServiceConfigurationError | SQLException e) {
                // one that cannot be made, perhaps for want of a library; a URL that needs it is refused for lack of a
                // driver
            }
        }
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        return driver.connect(url, info);
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return driver.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return driver.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return driver.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return driver.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return driver.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(LoadedDriver.class.getPackageName());
    }
}
