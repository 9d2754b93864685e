package org.apache.cloudstack.framework.dbupgrade.spring.injected;

import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;

final class V_410_B__greet implements JavaMigration {

    private final Greeting greeting;

    V_410_B__greet(Greeting greeting) {
        this.greeting = greeting;
    }

    @Override
    public void migrate(MigrationContext context) {
        context.jdbc().sql("UPDATE vm SET name = ?").param(greeting.text()).update();
    }
}
