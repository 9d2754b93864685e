package org.apache.cloudstack.framework.dbupgrade.spring;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.cloudstack.framework.dbupgrade.RollingSettings;
import org.apache.cloudstack.framework.dbupgrade.ThrottleSettings;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.WaitSettings;
import org.apache.cloudstack.framework.dbupgrade.migration.SessionSettings;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.release.UnknownRelease;
import org.apache.cloudstack.framework.dbupgrade.verify.ColumnOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * The settings of an application; what is not set is as in {@link UpgradeSettings#defaults()}.
 *
 * @param enabled Whether there is a database upgrade in this application at all.
 * @param url JDBC URL of the upgrade, where it is not the application's.
 * @param user User of the upgrade, where it is not the application's.
 * @param password Password of that user.
 * @param driverClassName Driver for the URL; found by the URL unless set.
 * @param mode What happens to the database when the application starts.
 * @param schemas Databases of the upgrade; the first holds the history and is the current database of every migration. The
 *     database of the URL unless set.
 * @param locations Where migrations lie: 'classpath:' or 'filesystem:' and a directory.
 * @param release Version of the code, of which a suffix such as '-SNAPSHOT' is cut; the newest release among the migrations
 *     unless set.
 * @param unknownRelease Which release may be set that no migration and no entry of releases.yaml knows: 'patch' accepts one of
 *     a known line.
 * @param baseline Release that non-empty databases of unknown origin are at.
 * @param createSchemas Whether to create databases that are missing.
 * @param leaseTimeout How long to wait while another node upgrades.
 * @param leaseDuration How long a node that upgrades and sends no heartbeat keeps others waiting.
 * @param lockWait How long a DDL statement waits for a metadata lock before it lets the queue pass.
 * @param metadataLockRetry How long a statement that was kept from a lock is sent again and again.
 * @param reconnect How long a lost connection is opened again.
 * @param progressInterval How often a long migration shows how far it is.
 * @param verify Whether to compare the database with its release after the upgrade; what differs is a warning.
 * @param columnOrder What another order of columns means in that comparison: 'note' or 'strict', which makes it a difference.
 * @param ignore What does not count in that comparison: patterns such as 'QRTZ_*', 'host.tmp_*' or 'index:i_tmp_*'. Tables of
 *     well-known libraries that the snapshot lacks never count.
 * @param rolling How the upgrade goes together with nodes of older releases.
 * @param node Name of this node among those that use the database.
 * @param heartbeat How often this node sends a heartbeat.
 * @param nodeTimeout How long a node without a heartbeat counts as living.
 * @param deferredInterval How often a running node looks whether what was deferred can be run.
 * @param background Whether migrations for the background run after the application has started, rather than before.
 * @param stopWhenOutdated Whether to close the application when newer nodes, which took this one for dead, took something
 *     away that it may need.
 * @param throttle When data migrations pause for others.
 * @param session Session that every migration starts from.
 */
@ConfigurationProperties(DatabaseUpgradeProperties.PREFIX)
record DatabaseUpgradeProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @Nullable String driverClassName,
        @DefaultValue("upgrade") Mode mode,
        @Nullable List<String> schemas,
        @Nullable List<String> locations,
        @Nullable String release,
        @Nullable UnknownRelease unknownRelease,
        @Nullable String baseline,
        @Nullable Boolean createSchemas,
        @Nullable Duration leaseTimeout,
        @Nullable Duration leaseDuration,
        @Nullable Duration lockWait,
        @Nullable Duration metadataLockRetry,
        @Nullable Duration reconnect,
        @Nullable Duration progressInterval,
        @Nullable Boolean verify,
        @Name("verify.column-order") @Nullable ColumnOrder columnOrder,
        @Name("verify.ignore") @Nullable List<String> ignore,
        @Nullable RollingMode rolling,
        @Nullable String node,
        @Nullable Duration heartbeat,
        @Nullable Duration nodeTimeout,
        @Nullable Duration deferredInterval,
        @DefaultValue("true") boolean background,
        @DefaultValue("true") boolean stopWhenOutdated,
        @DefaultValue Throttle throttle,
        @DefaultValue Session session) {

    static final String PREFIX = "cloud.dbupgrade";

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseUpgradeProperties[mode=" + mode + ", schemas=" + schemas + ", locations=" + locations + "]";
    }

    /** What is done at start-up. */
    enum Mode {

        /** Upgrade the database to the release of the code. */
        UPGRADE,

        /** Change nothing, and refuse to start where the database lacks something. */
        VALIDATE,

        /** Do not look. */
        OFF
    }

    /**
     * The session every migration starts from.
     *
     * @param sqlMode SQL modes of the session; a migration may state its own.
     * @param characterSet Character set of literals and results.
     * @param collation Collation of literals, and of databases that the upgrade creates.
     * @param timeZone Time zone of the session, as an offset.
     * @param foreignKeyChecks Whether to check foreign keys.
     */
    record Session(
            @Nullable String sqlMode,
            @Nullable String characterSet,
            @Nullable String collation,
            @Nullable String timeZone,
            @Nullable Boolean foreignKeyChecks) {

        private SessionSettings settings(SessionSettings defaults) {
            return new SessionSettings(
                    or(sqlMode, defaults.sqlMode()),
                    or(characterSet, defaults.characterSet()),
                    or(collation, defaults.collation()),
                    or(timeZone, defaults.timeZone()),
                    or(foreignKeyChecks, defaults.foreignKeyChecks()));
        }
    }

    /**
     * When data migrations pause for others.
     *
     * @param maxRunningThreads How many statements may run on the database server before it counts as busy.
     * @param replicas JDBC URLs of replicas, with user and password.
     * @param maxReplicaLag How far replicas may lag.
     * @param maxWait How long each data migration pauses in all; then it goes on.
     */
    record Throttle(
            @Nullable Integer maxRunningThreads,
            @Nullable List<String> replicas,
            @Nullable Duration maxReplicaLag,
            @Nullable Duration maxWait) {

        /** Without the URLs, which hold passwords. */
        @Override
        public String toString() {
            return "Throttle[maxRunningThreads=" + maxRunningThreads + ", maxReplicaLag=" + maxReplicaLag + ", maxWait="
                    + maxWait + "]";
        }

        private ThrottleSettings settings(ThrottleSettings defaults) {
            ThrottleSettings settings = with(
                    "throttle.max-running-threads",
                    maxRunningThreads,
                    defaults,
                    ThrottleSettings::withMaxRunningThreads);
            settings = with("throttle.max-wait", maxWait, settings, ThrottleSettings::withMaxWait);
            String[] urls = or(replicas, defaults.replicas()).toArray(String[]::new);
            return with(
                    "throttle.max-replica-lag",
                    or(maxReplicaLag, defaults.maxReplicaLag()),
                    settings,
                    (it, time) -> it.withReplicas(time, urls));
        }
    }

    /**
     * These properties, with the defaults of the library.
     *
     * @throws InvalidConfigurationPropertyValueException when one of them cannot be used
     */
    UpgradeSettings settings() {
        UpgradeSettings defaults = UpgradeSettings.defaults();
        UpgradeSettings named = schemas == null
                ? defaults
                : valid("schemas", schemas, names -> defaults.withSchemas(names.toArray(String[]::new)));
        List<String> places = or(locations, defaults.locations());
        return new UpgradeSettings(
                named.schemas(),
                valid("locations", places, names -> defaults.withLocations(names.toArray(String[]::new)))
                        .locations(),
                version("release", release, ReleaseVersion::ofBuild),
                or(unknownRelease, defaults.unknownRelease()),
                version("baseline", baseline, ReleaseVersion::of),
                or(createSchemas, defaults.createSchemas()),
                valid("session", session, set -> set.settings(defaults.session())),
                waits(defaults.waits()),
                with("progress-interval", progressInterval, defaults, UpgradeSettings::withProgressInterval)
                        .progressInterval(),
                or(verify, defaults.verify()),
                or(columnOrder, defaults.columnOrder()),
                with(
                                "verify.ignore",
                                ignore,
                                defaults,
                                (settings, patterns) -> settings.withVerifyIgnore(patterns.toArray(String[]::new)))
                        .verifyIgnore(),
                rolling(defaults.rolling()),
                background);
    }

    private RollingSettings rolling(RollingSettings defaults) {
        RollingSettings named = with(
                        "node", StringUtils.hasText(node) ? node : null, defaults, RollingSettings::withNode)
                .withMode(or(rolling, defaults.mode()));
        RollingSettings checking =
                with("deferred-interval", deferredInterval, named, RollingSettings::withDeferredInterval);
        // one is three times the other, so that they are set together
        return with(
                nodeTimeout == null ? "heartbeat" : "node-timeout",
                nodeTimeout == null ? heartbeat : nodeTimeout,
                checking,
                (settings, any) -> settings.withTimes(
                        or(heartbeat, settings.heartbeat()),
                        or(nodeTimeout, settings.nodeTimeout()),
                        settings.deferredInterval()));
    }

    private WaitSettings waits(WaitSettings defaults) {
        WaitSettings waits = with("lease-timeout", leaseTimeout, defaults, WaitSettings::withLeaseTimeout);
        waits = with("lease-duration", leaseDuration, waits, WaitSettings::withLeaseDuration);
        waits = with("lock-wait", lockWait, waits, (it, time) -> it.withLocks(time, it.metadataLockRetry()));
        waits = with("metadata-lock-retry", metadataLockRetry, waits, (it, time) -> it.withLocks(it.lock(), time));
        waits = with("reconnect", reconnect, waits, WaitSettings::withReconnect);
        return waits.withThrottle(throttle.settings(defaults.throttle()));
    }

    /** Changes one setting, or names the property whose value cannot be used. */
    private static <V, S> S with(String name, @Nullable V value, S settings, BiFunction<S, V, S> change) {
        return value == null ? settings : valid(name, value, given -> change.apply(settings, given));
    }

    private static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }

    private static Optional<ReleaseVersion> version(
            String name, @Nullable String text, Function<String, ReleaseVersion> parser) {
        return StringUtils.hasText(text) ? Optional.of(valid(name, text, parser)) : Optional.empty();
    }

    private static <V, T> T valid(String name, V value, Function<V, T> use) {
        try {
            return use.apply(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(PREFIX + "." + name, value, e.getMessage(), e);
        }
    }
}
