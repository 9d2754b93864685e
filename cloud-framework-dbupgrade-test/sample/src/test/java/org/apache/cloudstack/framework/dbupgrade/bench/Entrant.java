package org.apache.cloudstack.framework.dbupgrade.bench;

import java.util.ArrayList;
import java.util.Collections;
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

    private static final List<Entrant> QUICK = List.of(ONE_ROW, JDBC_LOOP, LIBRARY);
    private static final int RUNS_OF_QUICK = 3;

    /**
     * Who runs in one turn, one after the other. The quick ones differ by a fraction of what the machine makes of a second: so
     * they run several times in a row, and not always the same one after the slow ones.
     */
    static List<Entrant> order(List<Entrant> all, int turn) {
        List<Entrant> order = new ArrayList<>();
        List<Entrant> quick = new ArrayList<>(QUICK);
        quick.retainAll(all);
        Collections.rotate(quick, turn);
        for (int i = 0; i < RUNS_OF_QUICK; i++) {
            order.addAll(quick);
            Collections.reverse(quick);
        }
        all.stream().filter(entrant -> !quick.contains(entrant)).forEach(order::add);
        return order;
    }

    /** Its database. */
    String database() {
        return "bench_" + type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Whether it applies migrations at all. */
    boolean applies() {
        return type != OneRow.class;
    }
}
