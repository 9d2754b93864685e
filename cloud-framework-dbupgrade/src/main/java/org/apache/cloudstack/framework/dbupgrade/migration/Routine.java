package org.apache.cloudstack.framework.dbupgrade.migration;

/** Something an upgrade runs: a {@link Migration} of a release, or a {@link Repeatable}. */
public sealed interface Routine permits Migration, Repeatable {

    /** The file, or the class, it was found as: {@code V_410_A.sql}, {@code V_410_C}. */
    String script();

    /** What is run. */
    Source source();

    /** The identity of its content. */
    ChangeId changeId();

    /** What its author says about it. */
    Directives directives();

    /** Its key in the journal: the version on Flyway's timeline, or the name of the repeatable. */
    String key();
}
