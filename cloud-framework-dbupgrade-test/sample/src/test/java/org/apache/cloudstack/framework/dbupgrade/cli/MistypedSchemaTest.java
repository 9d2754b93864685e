package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slip of the keyboard makes no database, and no release. */
@UpgradeDatabase(schemas = {"cloud", "cloud_usage", "clod", "reports", "shop"})
class MistypedSchemaTest {

    @TempDir
    Path folder;

    private ToolBench bench;
    private TestDatabase server;

    @BeforeEach
    void install(MigratedDatabase database) {
        server = database.server();
        bench = new ToolBench(folder, database);
        assertThat(bench.run("upgrade", "--schemas", "cloud").code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aDatabaseWithAlmostTheNameOfOneInUseIsNotCreated() {
        ToolProcess.Ending ending = bench.run("upgrade", "--schemas", "clod");

        assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ending.err()).contains("clod", "cloud", "--create-schemas");
        assertThat(bench.run("preflight", "--schemas", "clod").code()).isEqualTo(ExitCode.REFUSED);
        assertThat(server.rows("SHOW DATABASES LIKE 'clod'")).isEmpty();
    }

    @Test
    void itIsCreatedOnRequest() {
        assertThat(bench.run("upgrade", "--schemas", "clod", "--create-schemas").code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aNewNameIsThatOfANewDatabase() {
        assertThat(bench.run("upgrade", "--schemas", "reports").code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aMistypedTargetIsNoRelease() {
        ToolProcess.Ending ending = bench.run("upgrade", "--schemas", "cloud", "--target", "4.1.1");

        assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ending.err()).contains("UNKNOWN_RELEASE", "4.1.1", "--target", "--unknown-release");
    }

    @Test
    void aReleaseRecordedByMistakeIsForgotten() {
        bench.run("upgrade", "--schemas", "cloud", "--target", "7.0.0", "--unknown-release");

        ToolProcess.Ending ending = bench.run("releases", "forget", "7.0.0", "--schemas", "cloud");

        assertThat(ending.out()).contains("Release 7.0.0 is taken back; the databases are at 4.1.0.");
        assertThat(bench.run("releases", "forget", "7.0.0", "--schemas", "cloud")
                        .code())
                .isEqualTo(ExitCode.WRONG_USE);
        assertThat(bench.run("releases", "forget", "4.1.0", "--schemas", "cloud")
                        .code())
                .isEqualTo(ExitCode.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "cloud, clod, true",
        "cloud, cluod, true",
        "cloud_usage, cloud_usgae, true",
        "shop, shp, true",
        "Shop, shop, true",
        "shop1, shop2, false",
        "shop_dev, shop_prod, false",
        "app, api, false",
        "cloud, reports, false"
    })
    void namesAreAlike(String one, String other, boolean areAlike) {
        assertThat(MistypedSchemaCheck.areAlike(one, other)).isEqualTo(areAlike);
    }
}
