package org.apache.cloudstack.framework.dbupgrade.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;

/** One line on a terminal that grows while the upgrade goes on, with a guess of the time left. */
final class ProgressBar implements UpgradeListener {

    private static final int WIDTH = 20;

    private final Screen screen;
    private final long begin = System.nanoTime();

    ProgressBar(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void on(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.MigrationStarted started) {
            int done = started.position() - 1;
            show(started, done, leftOf(done, started.total()));
        } else if (event instanceof UpgradeEvent.MigrationProgressed progressed && progressed.of() > 0) {
            double done = progressed.begin().position() - 1 + (double) progressed.done() / progressed.of();
            boolean isLast = progressed.begin().position() == progressed.begin().total();
            // what is known of the last one is better than a guess from those before it
            show(
                    progressed.begin(),
                    done,
                    progressed
                            .left()
                            .filter(left -> isLast)
                            .or(() -> leftOf(done, progressed.begin().total())));
        } else if (event instanceof UpgradeEvent.MigrationFinished) {
            screen.doing("Upgrading the databases");
        } else if (event instanceof UpgradeEvent.Waiting) {
            screen.doing("Waiting for the node that upgrades");
        } else if (event instanceof UpgradeEvent.MigrationFailed) {
            screen.idle();
        } else if (event instanceof UpgradeEvent.Finished) {
            screen.doing("Checking the result");
        }
    }

    private void show(UpgradeEvent.MigrationStarted migration, double done, Optional<Duration> timeLeft) {
        double part = done / migration.total();
        int filled = (int) Math.round(part * WIDTH);
        String left = timeLeft.filter(time -> time.toSeconds() > 0)
                .map(time -> ", " + Durations.text(time) + " left")
                .orElse("");
        screen.doing(migration.words());
        screen.progress("[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] "
                + String.format(Locale.ROOT, "%3.0f %%", part * 100) + left + "  " + migration.words());
    }

    private Optional<Duration> leftOf(double done, int total) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return done < 1
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.round(seconds * (total - done) / done)));
    }
}
