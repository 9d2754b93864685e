package org.apache.cloudstack.framework.dbupgrade.sample;

import org.apache.cloudstack.framework.dbupgrade.test.paths.UpgradePaths;
import org.apache.cloudstack.framework.dbupgrade.test.paths.UpgradePaths.On;

/** Every way to a release ends in the schema that the release declares, and in the same reference data, on every server. */
class ConvergenceTest {

    @UpgradePaths(
            locations = SampleManagementServer.MIGRATIONS,
            on = {On.SHARED, On.MARIADB_10_11, On.MARIADB_11_4})
    void everyWayEndsInTheSameSchemaAndReferenceData() {}
}
