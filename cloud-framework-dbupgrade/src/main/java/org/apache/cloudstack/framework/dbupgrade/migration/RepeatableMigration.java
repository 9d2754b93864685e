package org.apache.cloudstack.framework.dbupgrade.migration;

/**
 * A migration that belongs to no release and runs again whenever its content changed, such as the definition of a view.
 *
 * @param name its name behind {@code R_}
 * @param source its text
 * @param changeId the identity of its content
 * @param directives what its author says about it
 */
public record RepeatableMigration(String name, Source.Script source, ChangeId changeId, Directives directives)
        implements Migration {

    @Override
    public String script() {
        return key() + ".sql";
    }

    @Override
    public String key() {
        return "R_" + name;
    }

    /** Whether it runs before the versioned migrations. */
    public boolean runsBefore() {
        return directives.when() == Directives.When.BEFORE;
    }

    @Override
    public String toString() {
        return script();
    }
}
