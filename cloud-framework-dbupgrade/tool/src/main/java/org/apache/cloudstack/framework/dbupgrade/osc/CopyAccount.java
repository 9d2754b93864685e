package org.apache.cloudstack.framework.dbupgrade.osc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;
import org.springframework.util.ClassUtils;

/** Where a data source connects, and as whom, for executables that do the same. */
public final class CopyAccount {

    private static final boolean HIKARI_IS_THERE =
            ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", CopyAccount.class.getClassLoader());

    private CopyAccount() {}

    /** Asks a pool of Hikari's or a data source of Spring's; empty when it is another one, or of another server. */
    public static Optional<DumpTarget> of(DataSource dataSource) {
        try {
            if (dataSource.isWrapperFor(AbstractDriverBasedDataSource.class)) {
                AbstractDriverBasedDataSource plain = dataSource.unwrap(AbstractDriverBasedDataSource.class);
                return target(plain.getUrl(), plain.getUsername(), plain.getPassword());
            }
            return HIKARI_IS_THERE ? Pooled.of(dataSource) : Optional.empty();
        } catch (SQLException | IllegalArgumentException e) {
            // one that cannot know, or the URL of another server
            return Optional.empty();
        }
    }

    private static Optional<DumpTarget> target(@Nullable String url, @Nullable String user, @Nullable String password) {
        return url == null || user == null
                ? Optional.empty()
                : Optional.of(DumpTarget.of(url, user, password == null ? "" : password));
    }

    /** Of a library that an application may leave out. */
    private static final class Pooled {

        static Optional<DumpTarget> of(DataSource dataSource) throws SQLException {
            if (!dataSource.isWrapperFor(HikariDataSource.class)) {
                return Optional.empty();
            }
            HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
            return target(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
        }
    }
}
