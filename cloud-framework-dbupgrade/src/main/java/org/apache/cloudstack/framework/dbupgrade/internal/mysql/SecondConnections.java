package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections for what goes on beside an upgrade, such as heartbeats: a pool of one has none left for it. */
public final class SecondConnections {

    private SecondConnections() {}

    /** The data source itself, unless it is a pool with a single connection; then what the pool opens that with. */
    public static DataSource of(DataSource dataSource) {
        try {
            return Pooled.of(dataSource);
        } catch (SQLException | NoClassDefFoundError e) {
            // it cannot know what it wraps, or the application has no such pool
            return dataSource;
        }
    }

    /** Of a library that an application may leave out. */
    private static final class Pooled {

        static DataSource of(DataSource dataSource) throws SQLException {
            if (!dataSource.isWrapperFor(HikariDataSource.class)) {
                return dataSource;
            }
            HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
            if (pool.getMaximumPoolSize() > 1 || pool.getJdbcUrl() == null) {
                return dataSource;
            }
            return new DriverDataSource(
                    pool.getJdbcUrl(),
                    pool.getDriverClassName(),
                    pool.getDataSourceProperties(),
                    pool.getUsername(),
                    pool.getPassword());
        }
    }
}
