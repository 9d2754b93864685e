package org.apache.cloudstack.framework.dbupgrade.bench;

import java.util.List;
import java.util.Locale;

/**
 * A contender as the parent process knows it.
 *
 * @param name what people call it
 * @param layout how it wants its migrations
 * @param type what runs it
 */
record Entrant(String name, Layout layout, Class<? extends Contender> type) {

    /** The yardstick for a start. */
    static final Entrant ONE_ROW = new Entrant("connect and read one row", Layout.PLAIN, OneRow.class);

    /** The yardstick for applying. */
    static final Entrant JDBC_LOOP = new Entrant("JDBC loop", Layout.PLAIN, JdbcLoop.class);

    static final Entrant LIBRARY = new Entrant("this library", Layout.LIBRARY, ThisLibrary.class);
    static final Entrant FLYWAY = new Entrant("Flyway", Layout.FLYWAY, PlainFlyway.class);
    static final Entrant GROUPED_FLYWAY = new Entrant("Flyway with `group`", Layout.FLYWAY, GroupedFlyway.class);

    /** Those that need nothing beyond the class path of the tests. */
    static final List<Entrant> ALWAYS = List.of(ONE_ROW, JDBC_LOOP, LIBRARY, FLYWAY, GROUPED_FLYWAY);

    /** Its database. */
    String database() {
        return "bench_" + type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Whether it applies migrations at all. */
    boolean applies() {
        return type != OneRow.class;
    }
}
