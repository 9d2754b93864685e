package org.apache.cloudstack.framework.dbupgrade.spring;

import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;

/**
 * Changes the upgrade of the application before it is built; what it says goes over the properties. Beans of this type are
 * called in their order. They exist before the upgrade, so they cannot be injected with JdbcClient, repositories or the like.
 */
@FunctionalInterface
public interface DatabaseUpgradeCustomizer {

    /** Changes the upgrade. */
    void customize(DatabaseUpgradeBuilder builder);
}
