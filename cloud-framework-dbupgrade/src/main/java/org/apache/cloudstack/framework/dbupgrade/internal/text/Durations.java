package org.apache.cloudstack.framework.dbupgrade.internal.text;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Durations {

    private Durations() {}

    /** {@code 340 ms}, {@code 12.3 s} or {@code 3 min 05 s}. */
    public static String text(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        if (duration.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
    }
}
