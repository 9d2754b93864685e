package org.apache.cloudstack.framework.dbupgrade.spring;

import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;

/**
 * Published once per start in mode {@code upgrade}, when all singletons exist, so that {@code @EventListener} methods hear
 * it. What happens while the upgrade runs is published at once, as {@link
 * org.apache.cloudstack.framework.dbupgrade.UpgradeEvent}; at start-up only {@code ApplicationListener}s hear that, such as
 * one of {@code PayloadApplicationEvent<? extends UpgradeEvent>}.
 *
 * @param report what was done; it may be nothing
 */
public record DatabaseUpgradedEvent(UpgradeReport report) {}
