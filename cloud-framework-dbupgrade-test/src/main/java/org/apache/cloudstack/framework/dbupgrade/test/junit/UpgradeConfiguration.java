package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.util.function.UnaryOperator;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;

/**
 * What upgrades of a test need in addition to settings, such as checks or Java migrations that are beans.
 *
 * <pre>{@code
 * class Checks implements UpgradeConfiguration {
 *     public DatabaseUpgradeBuilder apply(DatabaseUpgradeBuilder upgrade) {
 *         return upgrade.checks(List.of(new TemplateCheck()));
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface UpgradeConfiguration extends UnaryOperator<DatabaseUpgradeBuilder> {

    /** Nothing. */
    final class None implements UpgradeConfiguration {
        @Override
        public DatabaseUpgradeBuilder apply(DatabaseUpgradeBuilder upgrade) {
            return upgrade;
        }
    }
}
