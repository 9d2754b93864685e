package org.apache.cloudstack.framework.dbupgrade.bench;

import org.apache.commons.logging.LogFactory;

/**
 * Runs a contender once in a process of its own, whose standard output shows how long it took. Logging works before the clock
 * runs, through Spring's front door and so through all that lie after it, as in an application; everything else that a
 * contender needs is loaded while it runs.
 */
final class ContenderProcess {

    static final String PASSWORD = "BENCH_PASSWORD";
    static final String FIGURE = "nanoseconds: ";

    private ContenderProcess() {}

    public static void main(String[] arguments) throws Exception {
        String type = arguments[0];
        Measure measure = Measure.valueOf(arguments[1]);
        Login login = new Login(arguments[2], arguments[3], System.getenv(PASSWORD));
        LogFactory.getLog(ContenderProcess.class).info(measure + " " + type);
        long begin = System.nanoTime();
        Contender contender = Class.forName(type)
                .asSubclass(Contender.class)
                .getDeclaredConstructor()
                .newInstance();
        measure.of(contender, login);
        // the process that started this one reads it there
        System.out.println(FIGURE + (System.nanoTime() - begin));
    }
}
