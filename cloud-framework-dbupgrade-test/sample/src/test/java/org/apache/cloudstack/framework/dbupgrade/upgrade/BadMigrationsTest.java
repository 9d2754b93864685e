package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Migrations that cannot be right are reported before the server is asked for anything. */
@UpgradeDatabase
class BadMigrationsTest {

    private static final String GOOD = "CREATE TABLE cloud.a (id INT);";

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database);
    }

    @AfterEach
    void nothingIsTouched() {
        assertThat(bench.databases()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V_4100_A.sql          | V_4.10.0_A.sql",
                "V_41000_A.sql         | V_4.10.0.0_A.sql",
                "V_41_A.sql            | V_410_A.sql",
                "V_4.10_A.sql          | V_4.10.0_A.sql",
                "V_4.1.0.0.1_A.sql     | V_4.1.0_A.sql",
                "V_4.1_0_A.sql         | V_4.1.0_A.sql",
                "V_410.sql             | V_410_A__add_states.sql",
                "V_410_.sql            | V_410_A__add_states.sql",
                "V_410_A1.sql          | V_410_A__add_states.sql",
                "V_410_0.sql           | V_410_A__add_states.sql",
                "V_410_ABCD.sql        | V_410_A__add_states.sql",
                "V_abc_A.sql           | V_410_A__add_states.sql",
                "V_410_A__.sql         | V_410_A__add_states.sql",
                "V410_A.sql            | V_410_A__add_states.sql",
                "v_410_A.sql           | V_410_A__add_states.sql",
                "V_410_A.SQL           | V_410_A.sql",
                "V_410_B.sql.bak       | V_410_B.sql",
                "V_410_A               | V_410_A.sql",
                "V_410_A.class         | V_410_A.sql",
                "R_.sql                | R_host_view.sql",
                "r_view.sql            | V_410_A__add_states.sql",
                "schema-40to410.sql    | V_410_A__add_states.sql",
                "notes.txt             | V_410_A__add_states.sql",
                "deeper/V_41_A.sql     | V_410_A.sql"
            })
    void aBadNameIsToldWithARightOne(String file, String rightName) {
        bench.with("V_400_A.sql", GOOD).with(file, GOOD);

        Finding finding = bench.refusedFor(FindingCode.MALFORMED_NAME);

        assertThat(finding.subject()).isEqualTo(file);
        assertThat(finding.remedy()).contains(rightName);
    }

    @Test
    void allFindingsAreGivenInOneGo() {
        bench.with("V_4100_A.sql", GOOD).with("x.sql", GOOD).with("V_400_A.sql", "-- dbupgrade: nonsense\n" + GOOD);

        assertThat(bench.refused())
                .extracting(Finding::code)
                .containsExactlyInAnyOrder(
                        FindingCode.MALFORMED_NAME, FindingCode.MALFORMED_NAME, FindingCode.MALFORMED_DIRECTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "V_410_A.sql, V_4.1.0_a__again.sql, V_410_B.sql",
        "V_410_A.sql, V_410_1.sql, V_410_B.sql",
        "V_410_2.sql, deeper/V_4_1_0_0_B.sql, V_410_C.sql"
    })
    void thatTwoFilesClaimOnePlaceIsToldWithBothNames(String one, String other, String good) {
        bench.with(one, GOOD).with(other, GOOD).with(good, GOOD);

        Finding finding = bench.refusedFor(FindingCode.DUPLICATE_SEQUENCE);

        assertThat(finding.problem()).contains(one, other.replaceFirst(".*/", ""), "4.1.0");
    }

    @Test
    void aFreeSequenceIsProposedForADuplicate() {
        bench.with("V_410_A.sql", GOOD).with("V_410_a__x.sql", GOOD).with("V_410_B.sql", GOOD);

        assertThat(bench.refusedFor(FindingCode.DUPLICATE_SEQUENCE).remedy()).contains(" C.");
    }

    @Test
    void anEmptyLocationIsRefused() {
        bench.with("README.md", "nothing yet");

        assertThat(bench.refusedFor(FindingCode.NO_MIGRATIONS).problem()).contains(folder.toString());
    }

    @Test
    void aMissingLocationIsRefused() {
        bench.settings(settings -> settings.withLocations("filesystem:" + folder.resolve("gone"), "classpath:no/such"));

        assertThat(bench.refused())
                .extracting(Finding::code)
                .containsExactly(FindingCode.LOCATION_MISSING, FindingCode.LOCATION_MISSING);
    }

    @Test
    void aScriptThatIsNotUtf8IsRefused() {
        bench.with("V_400_A.sql", "INSERT INTO a VALUES ('ü');".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(bench.refusedFor(FindingCode.UNREADABLE_SCRIPT).problem()).contains("V_400_A.sql", "UTF-8");
    }

    @Test
    void aScriptWithAnOpenBlockIsRefused() {
        bench.with("V_400_A.sql", "CREATE PROCEDURE p() BEGIN SELECT 1;");

        assertThat(bench.refusedFor(FindingCode.UNREADABLE_SCRIPT).problem()).contains("V_400_A.sql", "line 1");
    }

    @Test
    void codeOlderThanAllMigrationsIsRefused() {
        bench.with("V_400_A.sql", GOOD).settings(settings -> settings.withRelease("3.0.2"));

        assertThat(bench.refusedFor(FindingCode.UNKNOWN_TARGET).problem()).contains("3.0.2", "4.0.0");
    }
}
