package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.junit.jupiter.api.Test;

class SpaceCheckTest {

    private static final long GIBIBYTE = 1L << 30;

    @Test
    void lessThanAQuarterOfTheDataIsRefused() {
        assertThat(check(4 * GIBIBYTE, GIBIBYTE - 1).objection())
                .map(Finding::code)
                .contains(FindingCode.BACKUP_NO_SPACE);
        assertThat(check(4 * GIBIBYTE, GIBIBYTE).objection()).isEmpty();
    }

    @Test
    void lessThanTheDataIsToldWithBothSizes() {
        assertThat(check(4 * GIBIBYTE, GIBIBYTE).warning()).hasValueSatisfying(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.BACKUP_LITTLE_SPACE);
            assertThat(finding.problem()).contains("4096 MiB", "1024 MiB", "/backups");
        });
        assertThat(check(GIBIBYTE, GIBIBYTE).warning()).isEmpty();
    }

    private static SpaceCheck check(long data, long usable) {
        return new SpaceCheck(Path.of("/backups"), data, usable);
    }
}
