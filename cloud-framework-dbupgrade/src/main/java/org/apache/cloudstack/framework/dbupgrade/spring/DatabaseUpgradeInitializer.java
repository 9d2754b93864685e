package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeMembership;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.spring.DatabaseUpgradeProperties.Mode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Upgrades or validates the database when the application starts, before every bean that uses it. The start fails when
 * that cannot be done. From then on this server counts among those that use the database, until the application is closed.
 * What was left to the background is run when the application is ready. After an upgrade, a {@link DatabaseUpgradedEvent} is published as soon as all singletons exist.
 */
public final class DatabaseUpgradeInitializer
        implements InitializingBean,
                SmartInitializingSingleton,
                ApplicationListener<ApplicationReadyEvent>,
                DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseUpgradeInitializer.class);

    private final DatabaseUpgrade upgrade;
    private final DatabaseUpgradeProperties properties;
    private final ConfigurableApplicationContext application;
    private @Nullable UpgradeReport report;
    private @Nullable NodeMembership membership;
    private @Nullable DeferralCheck check;

    DatabaseUpgradeInitializer(
            DatabaseUpgrade upgrade, DatabaseUpgradeProperties properties, ConfigurableApplicationContext application) {
        this.upgrade = upgrade;
        this.properties = properties;
        this.application = application;
    }

    @Override
    public void afterPropertiesSet() {
        boolean isCounted = properties.settings().rolling().mode() != RollingMode.OFF;
        if (properties.mode() == Mode.UPGRADE) {
            UpgradeReport done = upgrade.upgrade();
            report = done;
            membership = isCounted ? upgrade.join(done.to().orElseThrow(), this::stop) : null;
        } else {
            ReleaseVersion release = upgrade.validate();
            membership = isCounted
                    ? upgrade.registerNodeIfTracked(release, this::stop).orElse(null)
                    : null;
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        report().map(DatabaseUpgradedEvent::new).ifPresent(application::publishEvent);
        if (report().filter(done -> !done.deferred().isEmpty()).isPresent()) {
            check = DeferralCheck.every(properties.settings().rolling().deferredInterval(), upgrade);
        }
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (check != null) {
            check.now();
        }
    }

    /** To go on would mean to ask for what is not there any more. */
    private void stop(Finding finding) {
        LOG.error("{} {} See {}", finding.description(), finding.remedy(), finding.page());
        application.publishEvent(new DatabaseOutdatedEvent(finding));
        if (properties.stopWhenOutdated()) {
            new Thread(application::close, "dbupgrade-stop").start();
        }
    }

    @Override
    public void destroy() {
        if (check != null) {
            check.close();
        }
        if (membership != null) {
            membership.close();
        }
    }

    /** What was done at start-up; empty when the database was only validated. */
    public Optional<UpgradeReport> report() {
        return Optional.ofNullable(report);
    }
}
