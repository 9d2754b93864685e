package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.report.GraphText;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.state.Ending;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.dao.DataIntegrityViolationException;

/** A platform in use goes from 4.0.0 to 4.7.0; what its migrations promise can be seen in its data. */
@TestInstance(Lifecycle.PER_CLASS)
@PlatformInUse
class SampleTimelineTest {

    private static final String RECORDED =
            "SELECT GROUP_CONCAT(migration, state, finished_on ORDER BY migration) AS migrations FROM cloud.dbupgrade_journal";

    private final MigratedDatabase platform;
    private final UpgradeReport report;

    SampleTimelineTest(MigratedDatabase platform) {
        this.platform = platform;
        report = platform.upgrade();
    }

    @BeforeAll
    void isUpgraded() {
        assertThat(report.to()).map(Object::toString).contains(SamplePlatform.NEWEST);
        assertThat(platform).isAt(SamplePlatform.NEWEST).isWhole();
    }

    @Test
    void theScriptsOfTheProposalRunUnderTheirNewNames() {
        assertThat(report.runs())
                .extracting(UpgradeReport.Run::script)
                .containsSubsequence(
                        "V_410_A.sql",
                        "V_410_B.sql",
                        "V_410_C",
                        "V_420_A.sql",
                        "V_420_b.sql",
                        "V_421_A.sql",
                        "V_430_A.sql",
                        "V_430_B.sql");
    }

    @Test
    void theVersionTableTellsOtherSoftwareTheRelease() {
        assertThat(platform)
                .finds("SELECT version FROM cloud.version WHERE step = 'Complete' ORDER BY id DESC LIMIT 1", "4.7.0")
                .hasTable("version")
                .hasRows(SamplePlatform.RELEASES.size());
    }

    @Test
    void systemVmsUseTheTemplatesOfTheirHypervisor() {
        assertThat(report.notes())
                .anyMatch(note -> note.endsWith("172 system VMs on KVM now use template systemvm-kvm-4.2 (id 201)"))
                .anyMatch(note ->
                        note.endsWith("172 system VMs on XenServer now use template systemvm-xenserver-4.2 (id 202)"));
        assertThat(platform)
                .hasTable("configuration")
                .containsRow(Map.of("name", "minreq.sysvmtemplate.version", "value", "4.2.0"))
                .containsRow(Map.of("name", "router.template.kvm", "value", "systemvm-kvm-4.2"));
    }

    @Test
    void redundancyIsBackfilledFromTheOfferings() {
        assertThat(platform)
                .finds("SELECT COUNT(*) FROM cloud.vpc WHERE redundant = 1", 6)
                .finds("SELECT COUNT(*) FROM cloud.networks WHERE redundant = 1", 40);
    }

    @Test
    void aVpcHasAtMostTwoRoutersAndTheSecondOnlyWhereItIsRedundant() {
        assertThat(platform)
                .finds("SELECT COUNT(*) FROM cloud.domain_router WHERE vpc_slot = 1", 50)
                .finds(
                        "SELECT COUNT(*) FROM cloud.domain_router r JOIN cloud.vpc v ON v.id = r.vpc_id"
                                + " WHERE r.vpc_slot = 2 AND v.redundant = 1",
                        6);
        assertThat(report.notes())
                .filteredOn(note -> note.contains("marked for destruction"))
                .hasSize(4);
        assertThatThrownBy(
                        () -> platform.run("UPDATE cloud.domain_router SET retired = 0, vpc_slot = 1 WHERE id = 561"))
                .as("a second router in the slot of VPC 7")
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(
                        () -> platform.run(
                                "UPDATE cloud.domain_router SET retired = 0, vpc_slot = 2, vpc_slot_redundant = 1 WHERE id = 561"))
                .as("a second router of a VPC that is not redundant")
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void eth2OfEveryVpcRouterIsKeptForThePrivateGatewayAndClashesAreReported() {
        assertThat(platform).finds("SELECT COUNT(*) FROM cloud.router_reserved_device WHERE device_id = 2", 56);
        assertThat(report.notes())
                .filteredOn(note -> note.startsWith("V_4_6_0_D__reserve_eth2"))
                .hasSize(13)
                .anyMatch(note -> note.endsWith("router r-505-VM: tier nic 305052 moved from eth2 to eth5"))
                .anyMatch(note -> note.endsWith("router r-505-VM: private gateway nic 305059 moved from eth4 to eth2"));
        assertThat(platform)
                .rowsOf("SELECT instance_id FROM cloud.nics WHERE removed IS NULL"
                        + " AND device_id IS NOT NULL GROUP BY instance_id, device_id HAVING COUNT(*) > 1")
                .isEmpty();
    }

    @Test
    void whatBothLinesChangedIsDecidedWhereTheyJoin() {
        assertThat(platform)
                .hasTable("configuration")
                .containsRow(Map.of("name", "vpc.cleanup.interval", "value", "1800"));
    }

    @Test
    void aBackportIsRunOnce() {
        assertThat(report.runs())
                .extracting(UpgradeReport.Run::script)
                .contains("V_4.5.3_1__index_for_alert_list.sql")
                .doesNotContain("V_4.6.1_A__index_for_alert_list.sql");
    }

    @Test
    void aSecondBootChangesNothing() {
        Ending before = Ending.of(platform.server(), platform.schemas());
        List<Map<String, Object>> recorded = platform.server().rows(RECORDED);

        assertThat(platform.upgrade().isUpToDate()).isTrue();

        assertThat(Ending.of(platform.server(), platform.schemas())).isEqualTo(before);
        assertThat(platform).rowsOf(RECORDED).isEqualTo(recorded);
    }

    @Test
    void thePictureShowsTheLinesAndWhereTheDatabaseIs() {
        assertThat(new GraphText(platform.toNewest().graph()).lines())
                .anyMatch(line -> line.contains("4.7.0") && line.contains("database"))
                .anyMatch(line -> line.matches("\\* \\| +4\\.6\\.0.*|\\| \\* +4\\.5\\.3.*"));
    }

    @Test
    void olderCodeIsRefused() {
        UpgradeRefusedException refusal =
                catchThrowableOfType(UpgradeRefusedException.class, () -> platform.upgrade("4.3.0"));

        assertThat(refusal.findings()).extracting(Finding::code).containsExactly(FindingCode.DATABASE_NEWER);
    }
}
