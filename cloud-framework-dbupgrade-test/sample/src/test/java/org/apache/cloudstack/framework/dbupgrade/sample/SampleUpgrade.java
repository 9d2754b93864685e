package org.apache.cloudstack.framework.dbupgrade.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeConfiguration;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;

/** Databases for the sample's migrations: empty, or at the release that a test's own {@link UpgradeDatabase} asks for. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@UpgradeDatabase(locations = SampleManagementServer.MIGRATIONS, configuration = SampleUpgrade.Checks.class)
public @interface SampleUpgrade {

    /** What upgrades of the sample need in addition to settings. */
    final class Checks implements UpgradeConfiguration {
        @Override
        public DatabaseUpgradeBuilder apply(DatabaseUpgradeBuilder upgrade) {
            return upgrade.checks(List.of(new SystemVmTemplateCheck()));
        }
    }
}
