package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.spring.DatabaseUpgradeProperties.Mode;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Upgrades or validates the database when the application starts, before every bean that uses it. The start fails when
 * that cannot be done. After an upgrade, a {@link DatabaseUpgradedEvent} is published as soon as all singletons exist.
 */
public final class DatabaseUpgradeInitializer implements InitializingBean, SmartInitializingSingleton {

    private final DatabaseUpgrade upgrade;
    private final Mode mode;
    private final ApplicationEventPublisher publisher;
    private @Nullable UpgradeReport report;

    DatabaseUpgradeInitializer(DatabaseUpgrade upgrade, Mode mode, ApplicationEventPublisher publisher) {
        this.upgrade = upgrade;
        this.mode = mode;
        this.publisher = publisher;
    }

    @Override
    public void afterPropertiesSet() {
        if (mode == Mode.UPGRADE) {
            report = upgrade.upgrade();
        } else if (mode == Mode.VALIDATE) {
            upgrade.validate();
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        report().map(DatabaseUpgradedEvent::new).ifPresent(publisher::publishEvent);
    }

    /** What was done at start-up; empty when the database was only validated. */
    public Optional<UpgradeReport> report() {
        return Optional.ofNullable(report);
    }
}
