package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.time.Duration;
import java.util.ServiceLoader;
import javax.sql.DataSource;

/**
 * Makes the executable that changes tables by a copy usable. One is found as a {@linkplain ServiceLoader service}: the standalone
 * tool's artifact has it, also on the class path of an application.
 */
@FunctionalInterface
public interface TableCopierFactory {

    /**
     * A copier for the server of a data source.
     *
     * @param locks how long to try for the lock in which the copy takes the table's place
     * @param lockWait how long each try waits, while others wait after it
     */
    TableCopier create(DataSource dataSource, RetryPolicy locks, Duration lockWait);

    /** The one on the class path; where there is none, the server makes all changes. */
    static TableCopierFactory installed(ClassLoader loader) {
        return ServiceLoader.load(TableCopierFactory.class, loader)
                .findFirst()
                .orElse((dataSource, locks, lockWait) -> TableCopier.NONE);
    }
}
