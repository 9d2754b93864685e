package org.apache.cloudstack.framework.dbupgrade.checks;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;

/** The library's own checks. */
public final class ServerChecks {

    private ServerChecks() {}

    /** All of them: privileges, settings, disk space, long transactions, replication and clusters, older nodes. */
    public static List<PreflightCheck> all() {
        return List.of(
                new PrivilegeCheck(),
                new SettingsCheck(),
                new DiskSpaceCheck(),
                new LongTransactionCheck(),
                new ReplicationCheck(),
                new OlderServersCheck());
    }
}
