package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/** Something an upgrade runs: a {@link VersionedMigration} of a release, or a {@link RepeatableMigration}. */
public sealed interface Migration permits VersionedMigration, RepeatableMigration {

    /** The file, or the class, it was found as: {@code V_410_A.sql}, {@code V_410_C}. */
    String script();

    /** What is run. */
    Source source();

    /** The identity of its content. */
    ChangeId changeId();

    /** What its author says about it. */
    Directives directives();

    /** The statements of its script; none of a class with code. */
    default List<SqlStatement> statements() {
        return source() instanceof Source.Script script
                ? ClientSplitter.split(script(), directives().sqlMode().orElse(""), script.content())
                : List.of();
    }

    /** Its key in the journal: the version on Flyway's timeline, or the name of the repeatable. */
    String key();
}
