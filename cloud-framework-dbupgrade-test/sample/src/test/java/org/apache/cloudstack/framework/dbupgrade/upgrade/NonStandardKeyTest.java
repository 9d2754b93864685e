package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Foreign keys on columns that are no unique key, which MySQL lets nobody touch from 8.4 on. */
@UpgradeDatabase
class NonStandardKeyTest {

    private static final String OFF = "SET SESSION restrict_fk_on_non_standard_key = OFF;\n";

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database);
        assumeThat(bench.value(String.class, "SELECT VERSION()"))
                .matches("(8\\.[4-9]|9\\.).*")
                .doesNotContain("MariaDB");
        bench.with(
                "V_100_A.sql",
                "CREATE TABLE product (id INT NOT NULL, code INT NOT NULL, PRIMARY KEY (id), KEY i_code (code));\n"
                        + "CREATE TABLE offer (id INT PRIMARY KEY, code INT);\n" + OFF
                        + "ALTER TABLE offer ADD CONSTRAINT fk_offer FOREIGN KEY (code) REFERENCES product (code);");
        bench.settings(settings -> settings.withRelease("1.0.0"));
        bench.upgrade().upgrade();
        bench.settings(settings -> settings.withRelease("1.1.0"));
    }

    @Test
    void aChangeOfTheTableThatItReferencesIsRefusedBeforeItStartsWithWhatWorks() {
        bench.with("V_110_A.sql", "ALTER TABLE product ADD COLUMN kind VARCHAR(32) NOT NULL DEFAULT 'physical';");

        Finding finding = bench.refusedFor(FindingCode.PREFLIGHT_STOP);

        assertThat(finding.problem()).contains("V_110_A.sql, line 1", "product", "fk_offer", "cloud.offer");
        assertThat(finding.remedy()).contains("SET SESSION restrict_fk_on_non_standard_key = OFF");
        bench.with(
                "V_110_A.sql",
                OFF + "ALTER TABLE product ADD COLUMN kind VARCHAR(32) NOT NULL DEFAULT 'physical';\n"
                        + "ALTER TABLE product ADD INDEX i_kind (kind), MODIFY kind VARCHAR(40) NOT NULL;");
        assertThat(bench.scriptsRun()).containsExactly("V_110_A.sql");
    }

    @Test
    void aUniqueKeyMakesItAnOrdinaryOne() {
        bench.with("V_110_A.sql", "ALTER TABLE product ADD UNIQUE KEY u_code (code);")
                .with("V_110_B.sql", "ALTER TABLE product ADD COLUMN kind VARCHAR(32), ADD INDEX i_kind (kind);")
                .with(
                        "V_110_C.sql",
                        "ALTER TABLE offer ADD CONSTRAINT fk_offer2 FOREIGN KEY (code) REFERENCES product (code);");

        assertThat(bench.scriptsRun()).containsExactly("V_110_A.sql", "V_110_B.sql", "V_110_C.sql");
    }

    @Test
    void aNewOneIsRefusedBeforeItStarts() {
        bench.with(
                "V_110_A.sql",
                "ALTER TABLE offer ADD CONSTRAINT fk_offer2 FOREIGN KEY (code) REFERENCES product (code);");

        assertThat(bench.refusedFor(FindingCode.PREFLIGHT_STOP).problem())
                .contains("V_110_A.sql, line 1", "adds a foreign key on cloud.product (code)");
    }
}
