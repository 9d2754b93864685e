package org.apache.cloudstack.framework.dbupgrade;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.RoutineStarted;
import org.apache.cloudstack.framework.dbupgrade.execute.RunObserver;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.report.Count;
import org.apache.cloudstack.framework.dbupgrade.report.Durations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes an upgrade to the log: a line for each routine, more while a long one runs, and a table at the end. */
final class UpgradeLog implements UpgradeListener {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseUpgrade.class);

    private final Clock clock;
    private final Duration interval;
    private Instant lastLine = Instant.MIN;

    UpgradeLog(Clock clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    @Override
    public void on(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.RoutineProgressed progressed) {
            progress(progressed);
            return;
        }
        if (event instanceof UpgradeEvent.Started started) {
            started(started.plan(), started.server());
        } else if (event instanceof UpgradeEvent.Waiting waiting) {
            LOG.info("Another server upgrades the database {}; this one waits for it", waiting.schema());
        } else if (event instanceof UpgradeEvent.Warned warned) {
            LOG.warn("{} {}", warned.finding().description(), warned.finding().remedy());
        } else if (event instanceof UpgradeEvent.RoutineStarted) {
            lastLine = clock.instant();
        } else if (event instanceof UpgradeEvent.RoutineNoted noted) {
            LOG.info("{}  {}", prefix(noted.begin()), noted.text());
        } else if (event instanceof UpgradeEvent.RoutineFinished finished) {
            finished(finished);
        } else if (event instanceof UpgradeEvent.RoutineFailed failed) {
            LOG.error(
                    "{}  stopped after {}: {}",
                    prefix(failed.begin()),
                    Durations.text(failed.duration()),
                    failed.finding().description());
        } else if (event instanceof UpgradeEvent.Finished finished) {
            summary(finished.report());
        }
    }

    private static void started(Plan plan, String server) {
        LOG.info(
                "Upgrading the database on {} from {} to release {}: {} to run",
                server,
                plan.from().map(ReleaseVersion::toString).orElse("nothing"),
                plan.target(),
                Count.of(plan.runs().size(), "migration"));
    }

    private void progress(UpgradeEvent.RoutineProgressed progressed) {
        Instant now = clock.instant();
        if (progressed.done() < progressed.of() && now.isAfter(lastLine.plus(interval))) {
            lastLine = now;
            LOG.info(
                    "{} …  {} {}/{}",
                    prefix(progressed.begin()),
                    progressed.unit(),
                    progressed.done(),
                    progressed.of());
        }
    }

    private static void finished(UpgradeEvent.RoutineFinished finished) {
        String done = finished.statements() == 0 ? "done" : Count.of(finished.statements(), RunObserver.STATEMENT);
        LOG.info("{}  {} in {}", prefix(finished.begin()), done, Durations.text(finished.duration()));
    }

    private static void summary(UpgradeReport report) {
        LOG.info(report.summary());
        if (!report.runs().isEmpty()) {
            report.table().forEach(line -> LOG.info("  {}", line));
        }
    }

    /** {@code [ 7/23] 4.2.0 B  cleanup}. */
    private static String prefix(RoutineStarted begin) {
        int width = Integer.toString(begin.total()).length();
        return String.format(
                Locale.ROOT,
                "[%" + width + "d/%d] %s",
                begin.position(),
                begin.total(),
                UpgradeReport.titleOf(begin.routine()));
    }
}
