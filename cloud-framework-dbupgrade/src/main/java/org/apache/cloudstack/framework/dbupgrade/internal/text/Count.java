package org.apache.cloudstack.framework.dbupgrade.internal.text;

/** Numbers of things as people read them. */
public final class Count {

    private Count() {}

    /** {@code 1 migration}, {@code 7 migrations}. */
    public static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
