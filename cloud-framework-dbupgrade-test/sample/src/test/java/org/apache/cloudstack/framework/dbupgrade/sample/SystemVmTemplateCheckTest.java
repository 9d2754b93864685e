package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.junit.jupiter.api.Test;

class SystemVmTemplateCheckTest {

    @Test
    @PlatformInUse
    void anUpgradeIsRefusedBeforeAnythingIsTouchedWhenATemplateIsMissing(MigratedDatabase platform) {
        platform.run("UPDATE cloud.vm_template SET removed = created WHERE name = 'systemvm-kvm-4.2'");
        var schema = platform.schema();

        UpgradeRefusedException refusal =
                catchThrowableOfType(UpgradeRefusedException.class, () -> platform.upgrade("4.7.0"));

        assertThat(refusal.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.PREFLIGHT_STOP);
            assertThat(finding.problem()).contains("KVM", "systemvm-kvm-4.2");
            assertThat(finding.remedy()).contains("register");
        });
        assertThat(refusal.findings()).extracting(Finding::subject).containsExactly("system VM templates");
        assertThat(platform.schema()).isEqualTo(schema);
        assertThat(platform.upgrade("4.1.0").to()).map(Object::toString).contains("4.1.0");
    }
}
