package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.cloudstack.framework.dbupgrade.RollingSettings;
import org.apache.cloudstack.framework.dbupgrade.ThrottleSettings;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.WaitSettings;
import org.apache.cloudstack.framework.dbupgrade.migration.SessionSettings;
import org.apache.cloudstack.framework.dbupgrade.verify.ColumnOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpringPropertiesTest {

    private static final String PREFIX = "cloud.dbupgrade.";

    @Test
    void withoutPropertiesTheSettingsAreTheDefaultsOfWhoeverHasABackground() {
        assertThat(bound(Map.of()).settings())
                .isEqualTo(UpgradeSettings.defaults().withLeaveBackground(true));
    }

    @Test
    void theMetadataStateTheDefaultsOfTheSettings() throws IOException {
        UpgradeSettings settings = UpgradeSettings.defaults();
        SessionSettings session = settings.session();
        Map<String, Object> expected = new TreeMap<>();
        expected.put("enabled", true);
        expected.put("mode", "upgrade");
        expected.put("locations", settings.locations());
        settings.release().ifPresent(release -> expected.put("release", release.toString()));
        expected.put("unknown-release", settings.unknownRelease().name().toLowerCase(Locale.ROOT));
        settings.baseline().ifPresent(release -> expected.put("baseline", release.toString()));
        expected.put("create-schemas", settings.createSchemas());
        expected.put("lease-timeout", settings.waits().leaseTimeout());
        expected.put("lease-duration", settings.waits().leaseDuration());
        expected.put("lock-wait", settings.waits().lock());
        expected.put("metadata-lock-retry", settings.waits().metadataLockRetry());
        expected.put("reconnect", settings.waits().reconnect());
        expected.put(
                "throttle.max-running-threads",
                Integer.toString(settings.waits().throttle().maxRunningThreads()));
        expected.put("throttle.max-replica-lag", settings.waits().throttle().maxReplicaLag());
        expected.put("throttle.max-wait", settings.waits().throttle().maxWait());
        expected.put("progress-interval", settings.progressInterval());
        expected.put("verify", settings.verify());
        expected.put("verify.column-order", settings.columnOrder().name().toLowerCase(Locale.ROOT));
        expected.put("rolling", settings.rolling().mode().name().toLowerCase(Locale.ROOT));
        expected.put("heartbeat", settings.rolling().heartbeat());
        expected.put("node-timeout", settings.rolling().nodeTimeout());
        expected.put("deferred-interval", settings.rolling().deferredInterval());
        expected.put("background", true);
        expected.put("stop-when-outdated", true);
        expected.put("session.sql-mode", session.sqlMode());
        expected.put("session.character-set", session.characterSet());
        expected.put("session.collation", session.collation());
        expected.put("session.time-zone", session.timeZone());
        expected.put("session.foreign-key-checks", session.foreignKeyChecks());

        Map<String, Object> stated = new TreeMap<>();
        ours().forEach((name, property) -> defaultOf(property).ifPresent(value -> stated.put(name, value)));

        assertThat(stated).isEqualTo(expected);
    }

    @Test
    void thereIsAPropertyForEverySetting() throws IOException {
        int settings = UpgradeSettings.class.getRecordComponents().length - 3;
        int ofRolling = RollingSettings.class.getRecordComponents().length;
        int ofWaits = WaitSettings.class.getRecordComponents().length - 1;
        int ofThrottle = ThrottleSettings.class.getRecordComponents().length;
        int ofSession = SessionSettings.class.getRecordComponents().length;

        assertThat(ours()).hasSize(7 + settings + ofRolling + ofWaits + ofThrottle + ofSession);
    }

    @Test
    void everyPropertyHasADescription() throws IOException {
        assertThat(ours())
                .allSatisfy((name, property) ->
                        assertThat(property.path("description").asString("")).matches("[A-Z].+\\."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schemas | ''",
                "release | abc",
                "baseline | 4.5",
                "session.character-set | utf8;DROP",
            })
    void aValueThatCannotBeUsedIsRefusedWithItsName(String name, String value) {
        DatabaseUpgradeProperties properties = bound(Map.of(PREFIX + name, value));

        assertThatThrownBy(properties::settings)
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        refused -> assertThat(PREFIX + name).startsWith(refused.getName()));
    }

    @Test
    void theOrderOfColumnsIsSetBesideTheComparison() {
        UpgradeSettings both = bound(Map.of(PREFIX + "verify", "true", PREFIX + "verify.column-order", "strict"))
                .settings();

        assertThat(both.verify()).isTrue();
        assertThat(both.columnOrder()).isEqualTo(ColumnOrder.STRICT);
        assertThat(bound(Map.of(PREFIX + "verify.ignore", "QRTZ_*, host.tmp_*"))
                        .settings()
                        .verifyIgnore())
                .containsExactly("QRTZ_*", "host.tmp_*");
        assertThat(bound(Map.of(PREFIX + "verify.column-order", "strict"))
                        .settings()
                        .columnOrder())
                .isEqualTo(ColumnOrder.STRICT);
    }

    @Test
    void aSuffixOfTheReleaseIsCut() {
        assertThat(bound(Map.of(PREFIX + "release", "4.6.0-SNAPSHOT"))
                        .settings()
                        .release())
                .get()
                .hasToString("4.6.0");
    }

    private static DatabaseUpgradeProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("cloud.dbupgrade", DatabaseUpgradeProperties.class);
    }

    private static Optional<Object> defaultOf(JsonNode property) {
        JsonNode value = property.path("defaultValue");
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(
                value.isArray()
                        ? value.valueStream().map(JsonNode::asString).toList()
                        : value.isBoolean()
                                ? value.asBoolean()
                                : property.path("type").asString().equals(Duration.class.getName())
                                        ? DurationStyle.detectAndParse(value.asString())
                                        : value.asString());
    }

    /** The metadata of our properties by name, without the prefix. */
    private static Map<String, JsonNode> ours() throws IOException {
        Map<String, JsonNode> found = new TreeMap<>();
        String file = "META-INF/spring-configuration-metadata.json";
        for (var url : Collections.list(Objects.requireNonNull(SpringPropertiesTest.class.getClassLoader())
                .getResources(file))) {
            try (InputStream in = url.openStream()) {
                JsonMapper.shared()
                        .readTree(in)
                        .path("properties")
                        .valueStream()
                        .filter(property -> property.path("name").asString().startsWith(PREFIX))
                        .forEach(property ->
                                found.put(property.path("name").asString().substring(PREFIX.length()), property));
            }
        }
        return found;
    }
}
