package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;

/** Migrations for tests of other packages, made as the scanner makes them. */
public final class MigrationFixtures {

    private MigrationFixtures() {}

    public static VersionedMigration script(String name, String text) {
        try {
            DirectiveReader head = DirectiveReader.read(name + ".sql", false, text);
            if (!head.findings().isEmpty()) {
                throw new IllegalArgumentException(head.findings().toString());
            }
            return new VersionedMigration(
                    NameRules.versioned(name),
                    name + ".sql",
                    new Source.Script(text, "test"),
                    head.changeId(),
                    head.directives());
        } catch (MalformedNameException e) {
            throw new IllegalArgumentException(e.problem(), e);
        }
    }

    public static RepeatableMigration repeatable(String name, String text) {
        DirectiveReader head = DirectiveReader.read("R_" + name + ".sql", true, text);
        return new RepeatableMigration(name, new Source.Script(text, "test"), head.changeId(), head.directives());
    }

    public static String place(Migration migration) {
        return migration instanceof VersionedMigration versioned
                ? versioned.name().place()
                : migration.key();
    }

    public static ChangeId changeId(String text) {
        return ChangeId.ofText(text);
    }
}
