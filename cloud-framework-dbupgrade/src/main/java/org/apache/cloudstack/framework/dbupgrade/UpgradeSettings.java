package org.apache.cloudstack.framework.dbupgrade;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.text.PlainText;
import org.apache.cloudstack.framework.dbupgrade.migration.SessionSettings;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.release.UnknownRelease;
import org.apache.cloudstack.framework.dbupgrade.verify.ColumnOrder;
import org.apache.cloudstack.framework.dbupgrade.verify.IgnoredObjects;

/**
 * How an upgrade is done. All defaults are written here, and only here.
 *
 * @param schemas the databases; the first holds the history and is the current database of every migration. When it names
 *     none, the database that the URL of the data source names is the only one
 * @param locations where migrations lie: {@code classpath:<directory>} or {@code filesystem:<directory>}
 * @param release the release that the code is; empty for the newest one among the migrations
 * @param unknownRelease which release the code may be that no migration and no entry of releases.yaml knows
 * @param baseline the release that non-empty databases of unknown origin are at
 * @param createSchemas whether missing databases are created
 * @param session the session every migration starts from
 * @param waits how long it waits for others
 * @param progressInterval how often a long migration shows how far it is
 * @param verify whether the database is compared with its release after an upgrade; what differs is a warning
 * @param columnOrder what another order of columns means when the database is compared with its release
 * @param verifyIgnore patterns of what does not count when the database is compared with its release
 * @param rolling how it goes together with nodes of older releases
 * @param leaveBackground whether migrations for the background are deferred until {@link DatabaseUpgrade#contract} is called
 */
public record UpgradeSettings(
        List<String> schemas,
        List<String> locations,
        Optional<ReleaseVersion> release,
        UnknownRelease unknownRelease,
        Optional<ReleaseVersion> baseline,
        boolean createSchemas,
        SessionSettings session,
        WaitSettings waits,
        Duration progressInterval,
        boolean verify,
        ColumnOrder columnOrder,
        List<String> verifyIgnore,
        RollingSettings rolling,
        boolean leaveBackground) {

    /** The default of {@link #locations()}. */
    public static final String DEFAULT_LOCATION = "classpath:db/upgrade";

    private static final Pattern DATABASE = Pattern.compile("(?!\\s)[^\\p{Cntrl}]{1,64}(?<!\\s)");

    private static final Pattern LOCATION_OF_ALL = Pattern.compile("\\s*(?:classpath:|filesystem:)?\\s*");

    public UpgradeSettings {
        schemas = List.copyOf(schemas);
        locations = List.copyOf(locations);
        verifyIgnore = List.copyOf(verifyIgnore);
        IgnoredObjects.of(verifyIgnore);
        requireDatabases(schemas);
        if (locations.stream()
                .anyMatch(location -> LOCATION_OF_ALL.matcher(location).matches())) {
            throw new IllegalArgumentException(
                    "A location names a directory: classpath:db/upgrade or filesystem:/path");
        }
        if (progressInterval.isNegative()) {
            throw new IllegalArgumentException("The interval must not be negative");
        }
    }

    private static void requireDatabases(List<String> schemas) {
        for (String schema : schemas) {
            if (!DATABASE.matcher(schema).matches()) {
                throw new IllegalArgumentException(
                        "A database has a name of 1 to 64 characters without blanks around it: '"
                                + PlainText.line(schema) + "'");
            }
            if (Collections.frequency(schemas, schema) > 1) {
                throw new IllegalArgumentException("Each database is named once: " + String.join(", ", schemas));
            }
        }
    }

    /** The defaults. */
    public static UpgradeSettings defaults() {
        return new UpgradeSettings(
                List.of(),
                List.of(DEFAULT_LOCATION),
                Optional.empty(),
                UnknownRelease.PATCH,
                Optional.empty(),
                true,
                SessionSettings.defaults(),
                WaitSettings.defaults(),
                Duration.ofSeconds(10),
                false,
                ColumnOrder.NOTE,
                List.of(),
                RollingSettings.defaults(),
                false);
    }

    /** These settings with other databases, at least one. */
    public UpgradeSettings withSchemas(String... schemas) {
        if (schemas.length == 0) {
            throw new IllegalArgumentException("At least one database must be named");
        }
        return changed(draft -> draft.schemas = List.of(schemas));
    }

    /** These settings with other locations. */
    public UpgradeSettings withLocations(String... locations) {
        return changed(draft -> draft.locations = List.of(locations));
    }

    /** These settings for the code of a release, whose version may have a suffix. */
    public UpgradeSettings withRelease(String version) {
        Optional<ReleaseVersion> code = Optional.of(ReleaseVersion.ofBuild(version));
        return changed(draft -> draft.release = code);
    }

    /** These settings with or without a release that is known nowhere. */
    public UpgradeSettings withUnknownRelease(UnknownRelease unknownRelease) {
        return changed(draft -> draft.unknownRelease = unknownRelease);
    }

    /** These settings with the release that databases of unknown origin are at. */
    public UpgradeSettings withBaseline(String version) {
        Optional<ReleaseVersion> at = Optional.of(ReleaseVersion.of(version));
        return changed(draft -> draft.baseline = at);
    }

    /** These settings with or without creating databases that are missing. */
    public UpgradeSettings withCreateSchemas(boolean createSchemas) {
        return changed(draft -> draft.createSchemas = createSchemas);
    }

    /** These settings with other waits. */
    public UpgradeSettings withWaits(WaitSettings waits) {
        return changed(draft -> draft.waits = waits);
    }

    /** These settings with another interval of reporting. */
    public UpgradeSettings withProgressInterval(Duration progressInterval) {
        return changed(draft -> draft.progressInterval = progressInterval);
    }

    /** These settings with or without a comparison after the upgrade. */
    public UpgradeSettings withVerify(boolean verify) {
        return changed(draft -> draft.verify = verify);
    }

    /** These settings with another meaning of the order of columns. */
    public UpgradeSettings withColumnOrder(ColumnOrder columnOrder) {
        return changed(draft -> draft.columnOrder = columnOrder);
    }

    /** These settings with other patterns of what does not count in that comparison, see {@link IgnoredObjects}. */
    public UpgradeSettings withVerifyIgnore(String... patterns) {
        return changed(draft -> draft.verifyIgnore = List.of(patterns));
    }

    /** These settings with another way to go together with older nodes. */
    public UpgradeSettings withRolling(RollingSettings rolling) {
        return changed(draft -> draft.rolling = rolling);
    }

    /** These settings with or without leaving migrations for the background to it. */
    public UpgradeSettings withLeaveBackground(boolean leaveBackground) {
        return changed(draft -> draft.leaveBackground = leaveBackground);
    }

    private UpgradeSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new UpgradeSettings(
                draft.schemas,
                draft.locations,
                draft.release,
                draft.unknownRelease,
                draft.baseline,
                draft.createSchemas,
                session,
                draft.waits,
                draft.progressInterval,
                draft.verify,
                draft.columnOrder,
                draft.verifyIgnore,
                draft.rolling,
                draft.leaveBackground);
    }

    /** What one of the methods above changes. */
    private static final class Draft {

        private List<String> schemas;
        private List<String> locations;
        private Optional<ReleaseVersion> release;
        private UnknownRelease unknownRelease;
        private Optional<ReleaseVersion> baseline;
        private boolean createSchemas;
        private WaitSettings waits;
        private Duration progressInterval;
        private boolean verify;
        private ColumnOrder columnOrder;
        private List<String> verifyIgnore;
        private RollingSettings rolling;
        private boolean leaveBackground;

        Draft(UpgradeSettings settings) {
            schemas = settings.schemas();
            locations = settings.locations();
            release = settings.release();
            unknownRelease = settings.unknownRelease();
            baseline = settings.baseline();
            createSchemas = settings.createSchemas();
            waits = settings.waits();
            progressInterval = settings.progressInterval();
            verify = settings.verify();
            columnOrder = settings.columnOrder();
            verifyIgnore = settings.verifyIgnore();
            rolling = settings.rolling();
            leaveBackground = settings.leaveBackground();
        }
    }
}
