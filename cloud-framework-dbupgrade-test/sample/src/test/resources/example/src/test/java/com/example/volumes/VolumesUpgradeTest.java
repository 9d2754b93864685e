package com.example.volumes;

import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertThat;
import static org.apache.cloudstack.framework.dbupgrade.test.data.ColumnRule.with;

import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.test.data.TestData;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.Interruptions;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.paths.UpgradePaths;
import org.junit.jupiter.api.Test;

@UpgradeDatabase(schemas = "volumes")
class VolumesUpgradeTest {

    @UpgradePaths(schemas = "volumes")
    void everyWayEndsInTheSameDatabase() {}

    @Test
    @UpgradeDatabase(at = "1.0.0")
    void poolsLearnHowMuchOfThemIsUsed(MigratedDatabase database) {
        fill(database);

        database.upgrade();

        assertThat(database)
                .isAt("1.3.0")
                .isAsDeclared()
                .hasTable("volume")
                .hasRows(500)
                .withColumn("state")
                .ofType("varchar(16)")
                .notNull()
                .withDefault("ready")
                .withIndex("i_volume__name")
                .on("name")
                .and()
                .hasTable("setting")
                .containsRow(Map.of("name", "trash.days", "value", "30"))
                .and()
                .hasView("volume_list")
                .hasRows(500);
    }

    @Test
    @UpgradeDatabase(at = "1.0.0")
    void anInterruptedUpgradeGoesOn(MigratedDatabase database) {
        fill(database);

        Interruptions.everywhere().of(database).assertResumes();
    }

    private static void fill(MigratedDatabase database) {
        TestData.in(database)
                .rows("volume", 500, with("megabytes").between(1, 100_000))
                .insert();
    }
}
