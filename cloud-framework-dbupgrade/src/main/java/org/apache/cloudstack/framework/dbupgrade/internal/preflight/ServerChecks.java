package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.util.List;

/** The library's own checks. */
final class ServerChecks {

    private ServerChecks() {}

    /** All of them: privileges, foreign keys, settings, disk space, long transactions, replication and clusters, older nodes. */
    static List<ServerCheck> all() {
        return List.of(
                new PrivilegeCheck(),
                new NonStandardKeyCheck(),
                new SettingsCheck(),
                new DiskSpaceCheck(),
                new LongTransactionCheck(),
                new ReplicationCheck(),
                new OlderServersCheck());
    }
}
