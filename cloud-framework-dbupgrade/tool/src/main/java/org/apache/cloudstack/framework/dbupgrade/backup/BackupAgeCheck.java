package org.apache.cloudstack.framework.dbupgrade.backup;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Whether there is a way back: a backup of the databases at the release they are at, that is not too old.
 *
 * @param folder where backups lie
 * @param oldest how old one may be
 * @param clock for its age
 */
public record BackupAgeCheck(Path folder, Duration oldest, Clock clock) implements PreflightCheck {

    private static final String CURE = "Take one now: dbupgrade backup ";

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public List<CheckResult> check(PreflightContext context) {
        if (context.plan().isFreshInstall()) {
            return List.of();
        }
        Optional<BackupManifest> newest = Backup.newestIn(folder, context.schemas());
        if (newest.isEmpty()) {
            return List.of(CheckResult.warn(
                    "There is no backup of " + String.join(", ", context.schemas()) + " in " + folder, CURE + folder));
        }
        BackupManifest backup = newest.get();
        String release = context.plan().from().map(ReleaseVersion::toString).orElse("");
        Duration age = Duration.between(backup.taken(), clock.instant());
        if (age.compareTo(oldest) > 0) {
            return List.of(CheckResult.warn(
                    "The newest backup in " + folder + " is " + age.toHours() + " hours old", CURE + folder));
        }
        return release.equals(backup.label().release())
                ? List.of()
                : List.of(CheckResult.warn(
                        "The newest backup in " + folder + " is of release '"
                                + backup.label().release() + "', and the databases are at " + release,
                        CURE + folder));
    }
}
