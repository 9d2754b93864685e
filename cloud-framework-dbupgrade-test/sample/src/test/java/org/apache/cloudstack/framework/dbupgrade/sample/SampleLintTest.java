package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.internal.lint.Lint;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.junit.jupiter.api.Test;

class SampleLintTest {

    @Test
    void theSampleBreaksNoRuleItDoesNotWaive() {
        ScanResult scanned = MigrationScanner.scan(
                List.of(SampleManagementServer.MIGRATIONS),
                getClass().getClassLoader(),
                MigrationInstances.byDefaultConstructor(),
                Map.of());

        assertThat(new Lint("cloud").check(scanned)).isEmpty();
    }
}
