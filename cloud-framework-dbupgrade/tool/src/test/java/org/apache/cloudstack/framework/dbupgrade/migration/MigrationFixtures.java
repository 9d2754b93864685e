package org.apache.cloudstack.framework.dbupgrade.migration;

/** What the tests of the tool need to know of migrations that only their own package knows. */
public final class MigrationFixtures {

    private MigrationFixtures() {}

    public static ChangeId changeId(String text) {
        return ChangeId.ofText(text);
    }
}
