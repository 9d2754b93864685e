package org.apache.cloudstack.framework.dbupgrade.preflight;

/**
 * What a {@link PreflightCheck} found.
 *
 * @param level whether the upgrade may go on
 * @param problem what was found, with names and numbers
 * @param cure what the operator does about it
 */
public record CheckResult(Level level, String problem, String cure) {

    /** How grave a result is. */
    public enum Level {
        /** The upgrade goes on, and the operator is informed. */
        WARN,
        /** The upgrade is refused. */
        STOP
    }

    /** A result that is reported while the upgrade goes on. */
    public static CheckResult warn(String problem, String cure) {
        return new CheckResult(Level.WARN, problem, cure);
    }

    /** A result that refuses the upgrade. */
    public static CheckResult stop(String problem, String cure) {
        return new CheckResult(Level.STOP, problem, cure);
    }
}
