package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Notices an executable that writes nothing and computes nothing for longer than a server keeps one waiting; much sooner where its
 * threads wait for each other.
 */
final class Standstill {

    static final Duration LONGEST = Duration.ofMinutes(3);
    static final Duration LONGEST_FOR_EACH_OTHER = Duration.ofSeconds(5);

    private final String program;
    private final InstantSource clock;
    private long bytes = -1;
    private Duration cpuTime = Duration.ZERO;
    private Instant since;

    /** From now on. */
    Standstill(String program, InstantSource clock) {
        this.program = program;
        this.clock = clock;
        this.since = clock.instant();
    }

    /** An executable that stands still; it will do so for ever. */
    static final class StandstillException extends IOException {

        private static final long serialVersionUID = 1L;

        private StandstillException(String message) {
            super(message);
        }
    }

    /**
     * Looks how far it is.
     *
     * @param written how many bytes it has written in all
     * @param used how much processor time in all
     * @param waitsForItself whether its threads wait for each other, asked where it stands still
     * @throws StandstillException when neither has grown for too long
     */
    void look(long written, Duration used, BooleanSupplier waitsForItself) throws StandstillException {
        Instant now = clock.instant();
        if (written != bytes || !used.equals(cpuTime)) {
            bytes = written;
            cpuTime = used;
            since = now;
            return;
        }
        Duration still = Duration.between(since, now);
        if (still.compareTo(LONGEST) > 0) {
            throw new StandstillException(program + " stands still: it has written nothing for " + LONGEST.toMinutes()
                    + " minutes. Somebody may hold a lock on a table for that long; else start again");
        }
        if (still.compareTo(LONGEST_FOR_EACH_OTHER) > 0 && waitsForItself.getAsBoolean()) {
            throw new StandstillException(program + " stands still: its threads wait for each other. Start again");
        }
    }
}
