package org.apache.cloudstack.framework.dbupgrade.sample;

import org.apache.cloudstack.framework.dbupgrade.test.interruption.Interruptions;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.Test;

/**
 * An upgrade of a platform in use goes on where it was interrupted; {@code -Ddbupgrade.interruption.moments} says at how many
 * moments.
 */
@SampleUpgrade
class InterruptedSampleTest {

    private static final int MOMENTS = Integer.getInteger("dbupgrade.interruption.moments", 8);

    /** Nobody can report whether it has added its index. */
    private static final String CALLS_A_PROCEDURE = "V_4_6_0_A__redundant_vpc_columns.sql";

    @Test
    @UpgradeDatabase(at = SamplePlatform.OLDEST)
    void oneReleaseWithJavaMigrationsGoesOnFromSomeMoments(MigratedDatabase platform) {
        SamplePlatform.fillSparsely(platform);
        platform.upgrade("4.5.2");

        Interruptions.sampled(MOMENTS)
                .of(platform)
                .upgradingTo("4.6.0")
                .withOperatorFor(CALLS_A_PROCEDURE)
                .assertResumes();
    }
}
