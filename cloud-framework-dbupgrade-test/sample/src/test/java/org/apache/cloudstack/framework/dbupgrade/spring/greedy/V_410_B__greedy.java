package org.apache.cloudstack.framework.dbupgrade.spring.greedy;

import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

final class V_410_B__greedy implements JavaMigration {

    private final JdbcClient jdbc;

    V_410_B__greedy(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void migrate(MigrationContext context) {
        jdbc.sql("UPDATE cloud.vm SET name = 'greedy'").update();
    }
}
