package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.lint.Lint;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.migration.ScanResult;
import org.junit.jupiter.api.Test;

class SampleLintTest {

    @Test
    void theSampleBreaksNoRuleItDoesNotWaive() {
        ScanResult scanned = MigrationScanner.scan(
                List.of(SampleManagementServer.MIGRATIONS),
                getClass().getClassLoader(),
                MigrationInstances.byDefaultConstructor(),
                Map.of());

        assertThat(new Lint(new ClientSplitter(), "cloud").check(scanned)).isEmpty();
    }
}
