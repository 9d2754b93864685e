package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A journey that starts with the first way that is walked, so that nobody's databases are dropped before. */
final class LazyJourney implements AutoCloseable {

    private final Supplier<Journey> beginning;
    private @Nullable Journey journey;

    LazyJourney(Supplier<Journey> beginning) {
        this.beginning = beginning;
    }

    synchronized Journey get() {
        Journey known = journey;
        if (known == null) {
            known = beginning.get();
            journey = known;
        }
        return known;
    }

    /** The check for a way that is walked now. */
    WayCheck check(UpgradePath way) {
        get().begin(way);
        return new WayCheck(get());
    }

    @Override
    public synchronized void close() {
        if (journey != null) {
            journey.close();
        }
    }
}
