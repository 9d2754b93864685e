package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;

/** The servers whose differences matter here. */
enum TestedServer {
    SHARED,
    MARIADB_10_11;

    DatabaseServer get() {
        return this == SHARED ? TestServers.shared() : TestServers.mariaDb10_11();
    }
}
