package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;

/** What the tests of the tool need to know of migrations that only their own package knows. */
public final class MigrationFixtures {

    private MigrationFixtures() {}

    public static ChangeId changeId(String text) {
        return ChangeId.ofText(text);
    }
}
