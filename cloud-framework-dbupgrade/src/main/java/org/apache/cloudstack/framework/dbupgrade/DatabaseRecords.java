package org.apache.cloudstack.framework.dbupgrade;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.cluster.LeaseHolder;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * What the databases say of themselves, without their migrations.
 *
 * @param release the highest release that is complete; empty where there are no records
 * @param releaseId what names the whole state of that release
 * @param unfinished the files that were started and are not done, each with its state
 * @param upgrader who upgrades just now
 */
public record DatabaseRecords(
        Optional<ReleaseVersion> release,
        Optional<String> releaseId,
        List<String> unfinished,
        Optional<LeaseHolder> upgrader) {

    public DatabaseRecords {
        unfinished = List.copyOf(unfinished);
    }

    /** The tables in the first schema that records are in, those of CloudStack's own upgrades too. */
    public static Set<String> tables() {
        Set<String> tables = new TreeSet<>(Journal.TABLES);
        tables.addAll(List.of(FlywayHistory.TABLE, Leases.TABLE, VersionTable.NAME));
        return tables;
    }
}
