package org.apache.cloudstack.framework.dbupgrade.bench;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/** Flyway as it comes. */
class PlainFlyway implements Contender {

    private final boolean group;

    PlainFlyway() {
        this(false);
    }

    PlainFlyway(boolean group) {
        this.group = group;
    }

    @Override
    public void apply(Login login) {
        migrate(login);
    }

    @Override
    public void start(Login login) {
        if (migrate(login).migrationsExecuted > 0) {
            throw new IllegalStateException("Something was pending");
        }
    }

    private MigrateResult migrate(Login login) {
        return Flyway.configure()
                .dataSource(login.url(), login.user(), login.password())
                .locations("classpath:" + Layout.FLYWAY.folder())
                .group(group)
                .load()
                .migrate();
    }
}
