package org.apache.cloudstack.framework.dbupgrade.sample;

import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.Interruptions;
import org.junit.jupiter.api.Test;

/**
 * An upgrade of a platform in use goes on where it was interrupted; {@code -Ddbupgrade.interruption.moments} says at how many
 * moments.
 */
class InterruptedSampleTest {

    private static final int MOMENTS = Integer.getInteger("dbupgrade.interruption.moments", 8);

    /** Nobody can tell whether it has added its index. */
    private static final String CALLS_A_PROCEDURE = "V_4_6_0_A__redundant_vpc_columns.sql";

    @Test
    void oneReleaseWithJavaMigrationsGoesOnFromSomeMoments() {
        try (SampleDatabase platform = new SampleDatabase(TestServers.shared())
                .at("4.0.0")
                .filledSparsely()
                .at("4.5.2")) {
            Interruptions.sampled(MOMENTS)
                    .of(platform.migrated())
                    .upgradingTo("4.6.0")
                    .withOperatorFor(CALLS_A_PROCEDURE)
                    .assertResumes();
        }
    }
}
