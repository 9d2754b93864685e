package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.report.Durations;

/** One line on a terminal that grows while the upgrade goes on, with a guess of the time left. */
final class ProgressBar implements UpgradeListener {

    private static final int WIDTH = 30;
    private static final String CLEAR = "\r\u001B[K";

    private final PrintWriter terminal;
    private final long begin = System.nanoTime();

    ProgressBar(PrintWriter terminal) {
        this.terminal = terminal;
    }

    @Override
    public void on(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.RoutineStarted started) {
            show(started, started.position() - 1);
        } else if (event instanceof UpgradeEvent.RoutineProgressed progressed && progressed.of() > 0) {
            double part = (double) progressed.done() / progressed.of();
            show(progressed.begin(), progressed.begin().position() - 1 + part);
        } else if (event instanceof UpgradeEvent.RoutineFinished
                || event instanceof UpgradeEvent.RoutineFailed
                || event instanceof UpgradeEvent.Finished) {
            terminal.print(CLEAR);
            terminal.flush();
        }
    }

    private void show(UpgradeEvent.RoutineStarted routine, double done) {
        double part = done / routine.total();
        int filled = (int) Math.round(part * WIDTH);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        String left = done < 1 ? "" : ", about " + Durations.text(leftOf(elapsed, part)) + " left";
        terminal.print(CLEAR + "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] "
                + String.format(Locale.ROOT, "%3.0f %%", part * 100) + left + "  " + routine.words());
        terminal.flush();
    }

    private static Duration leftOf(Duration elapsed, double part) {
        return Duration.ofSeconds(Math.round(elapsed.toSeconds() * (1 - part) / part));
    }
}
