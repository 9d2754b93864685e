package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reports its argument and a variable, then counts up to a number on its standard output, and ends with 3. */
final class CountingProgram {

    static final String VARIABLE = "COUNTING_PROGRAM";
    static final int END = 3;

    private CountingProgram() {}

    public static void main(String[] arguments) {
        // what an executable writes to both streams is what the test that starts this one is about
        System.out.println(arguments[0]);
        System.err.println(System.getenv(VARIABLE));
        for (int i = 1; i <= Integer.parseInt(arguments[0]); i++) {
            System.out.println(i);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        System.exit(END);
    }
}
