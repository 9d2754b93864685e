package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;

/**
 * What a scan found.
 *
 * @param migrations all that could be read
 * @param expectations what databases should be, beside the migrations
 * @param findings all that is wrong; an upgrade runs only when there is none
 */
public record ScanResult(Migrations migrations, Expectations expectations, List<Finding> findings) {

    public ScanResult {
        findings = List.copyOf(findings);
    }
}
