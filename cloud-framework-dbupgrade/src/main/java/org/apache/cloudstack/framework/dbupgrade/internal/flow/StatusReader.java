package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.cloudstack.framework.dbupgrade.DatabaseRecords;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeStatus;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Where the databases are, as far as that can be known: also where the migrations cannot be read, or the server does not answer.
 *
 * @param planning plans with migrations
 */
public record StatusReader(UpgradeTarget target, Function<Migrations, UpgradePlanner> planning) {

    /** The status of migrations as they were read. Problems are returned, never thrown. */
    public UpgradeStatus status(ScanResult scanned) {
        if (!scanned.findings().isEmpty()) {
            return ofRecords(scanned, scanned.findings());
        }
        try {
            return target.connections().with(planning.apply(scanned.migrations())::status);
        } catch (UpgradeRefusedException e) {
            return unknown(scanned, e.findings(), Optional.empty());
        } catch (IllegalArgumentException e) {
            // a later version of this library, or somebody by hand, wrote what this one does not know
            return ofRecords(
                    scanned, List.of(FindingCode.RECORDS_UNREADABLE.about(schema(), String.valueOf(e.getMessage()))));
        }
    }

    /** What is known without the migrations, as far as the server answers. */
    private UpgradeStatus ofRecords(ScanResult scanned, List<Finding> findings) {
        List<Finding> all = new ArrayList<>(findings);
        Optional<DatabaseRecords> records = Optional.empty();
        try {
            records = Optional.of(target.connections()
                    .with(connection -> new RecordsReader(schema(), target.leases()).ofReleases(connection)));
        } catch (UpgradeRefusedException e) {
            e.findings().stream().filter(finding -> !all.contains(finding)).forEach(all::add);
        } catch (IllegalArgumentException unreadable) {
            // it is among the findings
            records = Optional.empty();
        }
        return unknown(scanned, all, records);
    }

    private UpgradeStatus unknown(ScanResult scanned, List<Finding> findings, Optional<DatabaseRecords> records) {
        return new UpgradeStatus(
                records.flatMap(DatabaseRecords::release),
                target.stated().release().or(() -> newest(scanned)),
                List.copyOf(scanned.migrations().graph().releases()),
                List.of(),
                List.of(),
                records.flatMap(DatabaseRecords::upgrader),
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                findings);
    }

    private static Optional<ReleaseVersion> newest(ScanResult scanned) {
        return scanned.findings().isEmpty()
                ? scanned.migrations().versioned().stream()
                        .map(migration -> migration.name().release())
                        .max(Comparator.naturalOrder())
                : Optional.empty();
    }

    private String schema() {
        return target.settings().schemas().get(0);
    }
}
