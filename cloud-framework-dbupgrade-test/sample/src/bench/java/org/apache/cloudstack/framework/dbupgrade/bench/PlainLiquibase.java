package org.apache.cloudstack.framework.dbupgrade.bench;

import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.exception.CommandExecutionException;

/** Liquibase as it comes, but for the statistics that it would send to its makers. */
final class PlainLiquibase implements Contender {

    @Override
    public void apply(Login login) throws CommandExecutionException {
        update(login);
    }

    /** Whatever it did again would fail, for the tables are there. */
    @Override
    public void start(Login login) throws CommandExecutionException {
        update(login);
    }

    private static void update(Login login) throws CommandExecutionException {
        System.setProperty("liquibase.analytics.enabled", "false");
        new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.URL_ARG, login.url())
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.USERNAME_ARG, login.user())
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.PASSWORD_ARG, login.password())
                .addArgumentValue(DatabaseChangelogCommandStep.CHANGELOG_FILE_ARG, Layout.CHANGELOG)
                .execute();
    }
}
