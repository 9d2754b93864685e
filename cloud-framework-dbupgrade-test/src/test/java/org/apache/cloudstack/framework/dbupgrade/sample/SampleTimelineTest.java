package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.report.GraphText;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.dao.DataIntegrityViolationException;

/** A platform in use goes from 4.0.0 to 4.7.0; what its migrations promise can be seen in its data. */
@TestInstance(Lifecycle.PER_CLASS)
@UpgradeDatabase(
        at = "4.0.0",
        locations = SampleManagementServer.MIGRATIONS,
        scripts = SampleDatabase.PLATFORM,
        configuration = SampleDatabase.Checks.class)
class SampleTimelineTest {

    private final SampleDatabase platform;
    private final UpgradeReport report;

    SampleTimelineTest(MigratedDatabase database) {
        platform = new SampleDatabase(database.server());
        report = database.upgrade(SampleDatabase.NEWEST);
    }

    @BeforeAll
    void isUpgraded() {
        assertThat(report.to()).map(Object::toString).contains(SampleDatabase.NEWEST);
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
        assertThat(platform.text("SELECT version FROM cloud.version WHERE step = 'Complete' ORDER BY id DESC LIMIT 1"))
                .isEqualTo("4.7.0");
        assertThat(platform.number("SELECT COUNT(*) FROM cloud.version")).isEqualTo(SampleDatabase.RELEASES.size());
    }

    @Test
    void systemVmsUseTheTemplatesOfTheirHypervisor() {
        assertThat(report.notes())
                .anyMatch(note -> note.endsWith("172 system VMs on KVM now use template systemvm-kvm-4.2 (id 201)"))
                .anyMatch(note ->
                        note.endsWith("172 system VMs on XenServer now use template systemvm-xenserver-4.2 (id 202)"));
        assertThat(platform.text("SELECT value FROM cloud.configuration WHERE name = 'minreq.sysvmtemplate.version'"))
                .isEqualTo("4.2.0");
        assertThat(platform.text("SELECT value FROM cloud.configuration WHERE name = 'router.template.kvm'"))
                .isEqualTo("systemvm-kvm-4.2");
    }

    @Test
    void redundancyIsBackfilledFromTheOfferings() {
        assertThat(platform.number("SELECT COUNT(*) FROM cloud.vpc WHERE redundant = 1"))
                .isEqualTo(6);
        assertThat(platform.number("SELECT COUNT(*) FROM cloud.networks WHERE redundant = 1"))
                .isEqualTo(40);
    }

    @Test
    void aVpcHasAtMostTwoRoutersAndTheSecondOnlyWhereItIsRedundant() {
        assertThat(platform.number("SELECT COUNT(*) FROM cloud.domain_router WHERE vpc_slot = 1"))
                .isEqualTo(50);
        assertThat(platform.number("SELECT COUNT(*) FROM cloud.domain_router r JOIN cloud.vpc v ON v.id = r.vpc_id"
                        + " WHERE r.vpc_slot = 2 AND v.redundant = 1"))
                .isEqualTo(6);
        assertThat(report.notes())
                .filteredOn(note -> note.contains("marked for destruction"))
                .hasSize(4);
        assertThatThrownBy(() -> platform.database()
                        .run("UPDATE cloud.domain_router SET retired = 0, vpc_slot = 1 WHERE id = 561"))
                .as("a second router in the slot of VPC 7")
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(
                        () -> platform.database()
                                .run(
                                        "UPDATE cloud.domain_router SET retired = 0, vpc_slot = 2, vpc_slot_redundant = 1 WHERE id = 561"))
                .as("a second router of a VPC that is not redundant")
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void eth2OfEveryVpcRouterIsKeptForThePrivateGatewayAndClashesAreReported() {
        assertThat(platform.number("SELECT COUNT(*) FROM cloud.router_reserved_device WHERE device_id = 2"))
                .isEqualTo(56);
        assertThat(report.notes())
                .filteredOn(note -> note.startsWith("V_4_6_0_D__reserve_eth2"))
                .hasSize(13)
                .anyMatch(note -> note.endsWith("router r-505-VM: tier nic 305052 moved from eth2 to eth5"))
                .anyMatch(note -> note.endsWith("router r-505-VM: private gateway nic 305059 moved from eth4 to eth2"));
        assertThat(platform.number("SELECT COUNT(*) FROM (SELECT instance_id FROM cloud.nics WHERE removed IS NULL"
                        + " AND device_id IS NOT NULL GROUP BY instance_id, device_id HAVING COUNT(*) > 1) doubled"))
                .isZero();
    }

    @Test
    void whatBothLinesChangedIsDecidedWhereTheyJoin() {
        assertThat(platform.text("SELECT value FROM cloud.configuration WHERE name = 'vpc.cleanup.interval'"))
                .isEqualTo("1800");
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
        var schema = platform.schema();
        var contents = platform.contents();
        String journal = platform.text(
                "SELECT GROUP_CONCAT(routine, state, finished_on ORDER BY routine) FROM cloud.dbupgrade_journal");

        assertThat(platform.upgrade(SampleDatabase.NEWEST).isUpToDate()).isTrue();

        assertThat(platform.schema()).isEqualTo(schema);
        assertThat(platform.contents()).isEqualTo(contents);
        assertThat(
                        platform.text(
                                "SELECT GROUP_CONCAT(routine, state, finished_on ORDER BY routine) FROM cloud.dbupgrade_journal"))
                .isEqualTo(journal);
    }

    @Test
    void thePictureShowsTheLinesAndWhereTheDatabaseIs() {
        assertThat(new GraphText(platform.of("4.7.0").graph()).lines())
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
