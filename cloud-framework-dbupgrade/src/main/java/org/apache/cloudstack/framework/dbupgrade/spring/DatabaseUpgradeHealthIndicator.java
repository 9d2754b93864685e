package org.apache.cloudstack.framework.dbupgrade.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.HalfDone;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeStatus;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.text.PlainText;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.spring.DatabaseUpgradeProperties.Mode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Is up when the database has what the code needs, and down with the codes of the findings when it has not. In mode {@code
 * off} it is unknown. Looking reads every migration, so that what was seen is reported again for a while.
 */
final class DatabaseUpgradeHealthIndicator extends AbstractHealthIndicator {

    private static final Duration FRESH = Duration.ofSeconds(30);

    private final DatabaseUpgrade upgrade;
    private final Mode mode;
    private final InstantSource clock;
    private @Nullable Look last;

    DatabaseUpgradeHealthIndicator(DatabaseUpgrade upgrade, Mode mode, InstantSource clock) {
        this.upgrade = upgrade;
        this.mode = mode;
        this.clock = clock;
    }

    private record Look(Instant at, UpgradeStatus status, List<Finding> findings) {}

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Look look = look();
        UpgradeStatus status = look.status();
        status.database().map(ReleaseVersion::toString).ifPresent(release -> builder.withDetail("database", release));
        status.code().map(ReleaseVersion::toString).ifPresent(release -> builder.withDetail("code", release));
        int deferred = status.deferred().size();
        builder.withDetail("pending", status.pending().size() - deferred);
        if (deferred > 0) {
            builder.withDetail("heldBack", deferred);
        }
        if (!status.halfDone().isEmpty()) {
            builder.withDetail(
                    "halfDone",
                    status.halfDone().stream()
                            .map(HalfDone::place)
                            .map(PlainText::line)
                            .toList());
        }
        if (!look.findings().isEmpty()) {
            builder.withDetail(
                    "findings",
                    look.findings().stream()
                            .map(Finding::code)
                            .map(FindingCode::name)
                            .toList());
        }
        if (mode == Mode.OFF) {
            builder.unknown();
        } else if (look.findings().isEmpty()) {
            builder.up();
        } else {
            builder.down();
        }
    }

    private synchronized Look look() {
        Instant now = clock.instant();
        if (last == null || !now.isBefore(last.at().plus(FRESH))) {
            UpgradeStatus status = upgrade.status();
            last = new Look(
                    now,
                    status,
                    status.findings().isEmpty() && !status.pending().isEmpty() ? missing() : status.findings());
        }
        return last;
    }

    /** What is pending need not be missing: a database may have it from other software. */
    private List<Finding> missing() {
        try {
            upgrade.validate();
            return List.of();
        } catch (UpgradeRefusedException e) {
            return e.findings();
        }
    }
}
