package org.apache.cloudstack.framework.dbupgrade.upgrade;

import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;

/** The servers on which definitions are tried. */
enum SchemaServer {
    SHARED,
    MARIADB_11_4,
    MARIADB_10_11;

    DatabaseServer get() {
        return switch (this) {
            case SHARED -> TestServers.shared();
            case MARIADB_11_4 -> TestServers.mariaDb11_4();
            case MARIADB_10_11 -> TestServers.mariaDb10_11();
        };
    }
}
