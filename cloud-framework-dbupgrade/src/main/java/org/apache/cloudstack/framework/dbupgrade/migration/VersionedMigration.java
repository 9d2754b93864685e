package org.apache.cloudstack.framework.dbupgrade.migration;

/**
 * A migration that belongs to a release and runs once.
 *
 * @param name its release and place in it
 * @param script the file or class it was found as
 * @param source what is run
 * @param changeId the identity of its content
 * @param directives what its author says about it
 */
public record VersionedMigration(
        MigrationName name, String script, Source source, ChangeId changeId, Directives directives)
        implements Migration {

    @Override
    public String key() {
        return name.timelineVersion();
    }

    /** The same, as the change that another migration is. */
    public VersionedMigration sameAs(VersionedMigration other) {
        return new VersionedMigration(name, script, source, other.changeId(), directives);
    }

    @Override
    public String toString() {
        return script;
    }
}
