package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.RunObserver;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Count;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Writes an upgrade to the log: a line for each migration, more while a long one runs, and a table at the end. */
public final class UpgradeLog implements UpgradeListener {

    private static final Duration DEFERRALS_EVERY = Duration.ofHours(1);

    private final Clock clock;
    private final Duration interval;
    private final UpgradeLines lines;
    private final Reminder deferrals;
    private Instant lastLine = Instant.MIN;
    private String lastSeen = "";

    public UpgradeLog(Clock clock, Duration interval, UpgradeLines lines) {
        this.clock = clock;
        this.interval = interval;
        this.lines = lines;
        this.deferrals = new Reminder(clock, DEFERRALS_EVERY);
    }

    @Override
    public void on(UpgradeEvent event) {
        ofUpgrade(event);
        ofRoutine(event);
    }

    private void ofUpgrade(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.Started started) {
            started(started.plan(), started.server());
        } else if (event instanceof UpgradeEvent.Waiting waiting) {
            waiting(waiting);
        } else if (event instanceof UpgradeEvent.Superseded superseded) {
            lines.warn(
                    "Another node took the upgrade of {} over, since this one sent no heartbeat; this one stops"
                            + " upgrading and waits for it",
                    superseded.schema());
        } else if (event instanceof UpgradeEvent.ConnectionLost lost) {
            lines.warn("The connection broke ({}); the upgrade goes on with a new one", lost.error());
        } else if (event instanceof UpgradeEvent.RecordsBlocked blocked) {
            lines.warn(
                    "The records of the upgrade were kept from a lock: {} It goes on in {}",
                    blocked.blockers(),
                    Durations.text(blocked.pause()));
        } else if (event instanceof UpgradeEvent.Warned warned) {
            warned(warned.finding());
        } else if (event instanceof UpgradeEvent.Finished finished) {
            summary(finished.report());
        }
    }

    private void ofRoutine(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.MigrationStarted) {
            lastLine = clock.instant();
        } else if (event instanceof UpgradeEvent.MigrationProgressed progressed) {
            progress(progressed);
        } else if (event instanceof UpgradeEvent.MigrationWaiting waiting) {
            waits(waiting);
        } else if (event instanceof UpgradeEvent.MigrationStopped stopped) {
            lines.info("{}  paused; resumes later: {}", stopped.begin().words(), stopped.reason());
        } else if (event instanceof UpgradeEvent.StatementRunning running) {
            running(running);
        } else if (event instanceof UpgradeEvent.StatementBlocked blocked) {
            blocked(blocked);
        } else if (event instanceof UpgradeEvent.MigrationNoted noted) {
            lines.info("{}  {}", noted.begin().words(), noted.text());
        } else if (event instanceof UpgradeEvent.MigrationFinished finished) {
            finished(finished);
        } else if (event instanceof UpgradeEvent.MigrationFailed failed) {
            failed(failed);
        }
    }

    private void running(UpgradeEvent.StatementRunning running) {
        lastLine = clock.instant();
        lines.info(
                "{} …  statement {} runs for {}{}",
                running.begin().words(),
                running.number(),
                Durations.text(running.elapsed()),
                running.stage().isEmpty() ? "" : ", " + running.stage());
    }

    private void blocked(UpgradeEvent.StatementBlocked blocked) {
        lines.warn(
                "{}  statement {} was kept from a lock: {} It is sent again in {}",
                blocked.begin().words(),
                blocked.number(),
                blocked.blockers(),
                Durations.text(blocked.pause()));
    }

    /** Once for each place the other server is at, and not more often than other progress. */
    private void waiting(UpgradeEvent.Waiting waiting) {
        Instant now = clock.instant();
        boolean isNews = !waiting.holder().doing().equals(lastSeen);
        if (lastLine.equals(Instant.MIN) || isNews && now.isAfter(lastLine.plus(interval))) {
            lastLine = now;
            lastSeen = waiting.holder().doing();
            lines.info(
                    "Another node upgrades the database {}; this one waits for it: {}",
                    waiting.schema(),
                    waiting.holder());
        }
    }

    private void started(Plan plan, String server) {
        lines.info(
                "Upgrading the database on {} from {} to release {}: {} to run",
                server,
                plan.from().map(ReleaseVersion::toString).orElse("nothing"),
                plan.target(),
                Count.of(plan.runs().size(), "migration"));
    }

    private void progress(UpgradeEvent.MigrationProgressed progressed) {
        Instant now = clock.instant();
        if (progressed.done() < progressed.of() && now.isAfter(lastLine.plus(interval))) {
            lastLine = now;
            lines.info(
                    "{} …  {} {}/{}{}",
                    progressed.begin().words(),
                    progressed.unit(),
                    progressed.done(),
                    progressed.of(),
                    progressed.left().map(left -> pace(progressed, left)).orElse(""));
        }
    }

    private static String pace(UpgradeEvent.MigrationProgressed progressed, Duration left) {
        String speed =
                String.format(Locale.ROOT, progressed.perSecond() < 10 ? "%.1f" : "%.0f", progressed.perSecond());
        return ", " + speed + " a second, about " + Durations.text(left) + " left";
    }

    /** At once for a new reason, and not more often than other progress for the same. */
    private void waits(UpgradeEvent.MigrationWaiting waiting) {
        Instant now = clock.instant();
        if (!waiting.reason().equals(lastSeen) || now.isAfter(lastLine.plus(interval))) {
            lastLine = now;
            lastSeen = waiting.reason();
            lines.info("{} …  waits: {}", waiting.begin().words(), waiting.reason());
        }
    }

    private void finished(UpgradeEvent.MigrationFinished finished) {
        String done = finished.statements() == 0 ? "done" : Count.of(finished.statements(), RunObserver.STATEMENT);
        lines.info("{}  {} in {}", finished.begin().words(), done, Durations.text(finished.duration()));
    }

    private void failed(UpgradeEvent.MigrationFailed failed) {
        Finding finding = failed.finding();
        lines.error("{}  stopped after {}", failed.begin().words(), Durations.text(failed.duration()));
        if (!lines.hasAnswer()) {
            Stream.of(finding.problem(), finding.evidence(), finding.remedy(), "See " + finding.page())
                    .filter(fact -> !fact.isEmpty())
                    .forEach(fact -> lines.error("  {}", fact));
        }
    }

    private void warned(Finding finding) {
        lines.warn(
                "{} {} See {}",
                finding.description(lines.audience()),
                finding.remedy(lines.audience()),
                finding.page());
    }

    /** A node with deferred steps looks every minute whether it can run them: that they still wait is no news. */
    private void summary(UpgradeReport report) {
        if (lines.hasAnswer()) {
            return;
        }
        List<String> deferred = report.deferred().stream()
                .map(step -> step.migration().script() + " " + step.deferredUntil())
                .toList();
        boolean isDue = deferrals.isDue(String.join("\n", deferred));
        if (report.isUpToDate() && !deferred.isEmpty() && !isDue) {
            return;
        }
        lines.info("{}", report.summary());
        deferred.forEach(step -> lines.info("  deferred: {}", step));
        if (!report.runs().isEmpty()) {
            report.table().forEach(line -> lines.info("  {}", line));
        }
    }
}
