package org.apache.cloudstack.framework.dbupgrade.migration;

/**
 * One migration of a release, written in Java. The class is named like a script, {@code V_410_C} or {@code
 * V_4_10_0_2__fill_states}, and is in a migration location or is a bean of the application context. A class found in a
 * location may have a constructor whose arguments are beans.
 */
@FunctionalInterface
public interface JavaMigration {

    /**
     * Changes the databases through the connection of the context.
     *
     * @param context the connection and the ways to report progress; valid during this call only
     * @throws Exception any failure; the upgrade stops and names this migration
     */
    void migrate(MigrationContext context) throws Exception;
}
