package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What calls a migration when an application starts: Flyway, and little beside it. */
class SpringFlowTest extends SpringTest {

    private static final int FRAMES_OF_OURS = 12;
    private static final String OURS = "org.apache.cloudstack.framework.dbupgrade.";

    @Test
    void flywayCallsAMigrationThatFailsDuringANormalBoot() {
        assertThat(stackOfAFailingBoot())
                .anyMatch(frame -> isCall(frame, Flyway.class, "migrate"))
                .anyMatch(frame -> isCall(frame, DatabaseUpgrade.class, "upgrade"));
    }

    @Test
    void betweenTheCallerOfTheUpgradeAndAMigrationThereAreFewFramesOfOurs() {
        List<StackTraceElement> stack = stackOfAFailingBoot();
        int upgrade = stack.stream()
                .filter(frame -> isCall(frame, DatabaseUpgrade.class, "upgrade"))
                .mapToInt(stack::indexOf)
                .max()
                .orElseThrow();

        assertThat(stack.subList(1, upgrade + 1).stream()
                        .filter(frame -> frame.getClassName().startsWith(OURS)))
                .hasSizeLessThanOrEqualTo(FRAMES_OF_OURS);
    }

    /** The first frame is the migration's. */
    private List<StackTraceElement> stackOfAFailingBoot() {
        Failing failing = new Failing();
        application(LINE)
                .withBean("V_410_2__fails", Failing.class, () -> failing)
                .run(context -> assertThat(context).hasFailed());
        return Arrays.asList(Objects.requireNonNull(failing.thrown).getStackTrace());
    }

    private static boolean isCall(StackTraceElement frame, Class<?> type, String method) {
        return frame.getClassName().equals(type.getName())
                && frame.getMethodName().equals(method);
    }

    static class Failing implements JavaMigration {

        private @Nullable IllegalStateException thrown;

        @Override
        public void migrate(MigrationContext context) {
            thrown = new IllegalStateException("as planned");
            throw thrown;
        }
    }
}
