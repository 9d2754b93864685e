package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.RollingSettings;
import org.apache.cloudstack.framework.dbupgrade.ThrottleSettings;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.migration.SessionSettings;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration of an application means to the tool what it means to the application. */
class ConfigurationTest {

    @TempDir
    Path folder;

    @Test
    void anApplicationsYamlIsReadWithPlaceholdersAndLists() throws IOException {
        Configuration found = read("application.yml", """
                spring:
                  datasource:
                    url: jdbc:mysql://${DB_HOST:localhost}:${DB_PORT:3306}/
                    username: ${spring.application.name}
                    password: "a#b: c"
                  application.name: shop
                cloud:
                  dbupgrade:
                    schemas: [shop, shop_usage]
                    locations:
                      - classpath:db/one
                      - filesystem:/two
                    baseline: 4.5.2
                    rolling: require
                ---
                spring.config.activate.on-profile: test
                spring.datasource.url: jdbc:mysql://test/
                """);

        assertThat(found.url()).hasValue("jdbc:mysql://db1:3306/");
        assertThat(found.user()).hasValue("shop");
        assertThat(found.password()).hasValue("a#b: c");
        assertThat(found.settings().schemas()).containsExactly("shop", "shop_usage");
        assertThat(found.settings().locations()).containsExactly("classpath:db/one", "filesystem:/two");
        assertThat(found.settings().baseline()).hasValue(ReleaseVersion.of("4.5.2"));
        assertThat(found.settings().rolling().mode()).isEqualTo(RollingMode.REQUIRE);
        assertThat(found.toString()).doesNotContain("a#b");
    }

    @Test
    void everySettingIsTheApplications() throws IOException {
        UpgradeSettings settings = read("application.yml", """
                cloud.dbupgrade:
                  mode: validate
                  schemas: [shop]
                  release: 4.5.2-SNAPSHOT
                  create-schemas: false
                  lease-timeout: 1m
                  lease-duration: 7s
                  lock-wait: 2s
                  metadata-lock-retry: 20s
                  reconnect: 3s
                  progress-interval: 4s
                  verify: true
                  node: one
                  heartbeat: 2s
                  node-timeout: 90s
                  deferred-interval: 5m
                  background: false
                  stop-when-outdated: false
                  throttle: {max-running-threads: 7, max-replica-lag: 3s, max-wait: 5s, replicas: ["jdbc:mysql://r1/", "jdbc:mysql://r2/"]}
                  session:
                    sql-mode: ANSI_QUOTES
                    characterSet: latin1
                    collation: latin1_bin
                    time_zone: "+02:00"
                    foreign-key-checks: false
                """).settings();

        assertThat(settings.createSchemas()).isFalse();
        assertThat(settings.release()).hasValue(ReleaseVersion.of("4.5.2"));
        assertThat(settings.session())
                .isEqualTo(new SessionSettings("ANSI_QUOTES", "latin1", "latin1_bin", "+02:00", false));
        assertThat(settings.waits())
                .isEqualTo(UpgradeSettings.defaults()
                        .waits()
                        .withLeaseTimeout(Duration.ofMinutes(1))
                        .withLeaseDuration(Duration.ofSeconds(7))
                        .withLocks(Duration.ofSeconds(2), Duration.ofSeconds(20))
                        .withReconnect(Duration.ofSeconds(3))
                        .withThrottle(ThrottleSettings.defaults()
                                .withMaxRunningThreads(7)
                                .withMaxWait(Duration.ofSeconds(5))
                                .withReplicas(Duration.ofSeconds(3), "jdbc:mysql://r1/", "jdbc:mysql://r2/")));
        assertThat(settings.progressInterval()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.rolling())
                .isEqualTo(RollingSettings.defaults()
                        .withNode("one")
                        .withTimes(Duration.ofSeconds(2), Duration.ofSeconds(90), Duration.ofMinutes(5)));
    }

    @Test
    void whatYamlTakesForFalseIsOff() throws IOException {
        assertThat(read("off.yml", "cloud.dbupgrade.rolling: off")
                        .settings()
                        .rolling()
                        .mode())
                .isEqualTo(RollingMode.OFF);
    }

    @Test
    void aProfileBringsItsDocumentsAndItsFile() throws IOException {
        Files.writeString(folder.resolve("shop-prod.yml"), "cloud.dbupgrade.lease-duration: 8s");
        Path file = Files.writeString(folder.resolve("shop.yml"), """
                spring.datasource.url: jdbc:mysql://here/
                cloud.dbupgrade.lock-wait: 1s
                ---
                spring.config.activate.on-profile: prod
                spring.datasource.url: jdbc:mysql://there/
                cloud.dbupgrade.lock-wait: 2s
                """);

        Configuration prod = read(file, Map.of(), Optional.of("prod,eu"));

        assertThat(prod.url()).hasValue("jdbc:mysql://there/");
        assertThat(prod.settings().waits().lock()).isEqualTo(Duration.ofSeconds(2));
        assertThat(prod.settings().waits().leaseDuration()).isEqualTo(Duration.ofSeconds(8));
        assertThat(read(file, Map.of("SPRING_PROFILES_ACTIVE", "prod"), Optional.empty())
                        .url())
                .hasValue("jdbc:mysql://there/");
        assertThat(read(file, Map.of(), Optional.empty()).url()).hasValue("jdbc:mysql://here/");
    }

    @Test
    void theEnvironmentGoesBeforeTheFileAsInAnApplication() throws IOException {
        Path file = Files.writeString(folder.resolve("application.yml"), "cloud.dbupgrade.lock-wait: 1s");

        Configuration found = read(
                file,
                Map.of("CLOUD_DBUPGRADE_LOCKWAIT", "9s", "SPRING_DATASOURCE_URL", "jdbc:mysql://env/"),
                Optional.empty());

        assertThat(found.settings().waits().lock()).isEqualTo(Duration.ofSeconds(9));
        assertThat(found.url()).hasValue("jdbc:mysql://env/");
    }

    @Test
    void whatAFileImportsIsReadFromBesideItAndFromTheApplicationsJars() throws IOException {
        Files.writeString(folder.resolve("more.properties"), "cloud.dbupgrade.lease-duration=6s");
        Files.writeString(folder.resolve("packed.yml"), "cloud.dbupgrade.lock-wait: 6s");
        Path file = Files.writeString(folder.resolve("application.yml"), """
                spring.config.import: ["more.properties", "classpath:packed.yml", "optional:file:/nowhere.yml"]
                """);
        try (URLClassLoader jars = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Configuration found = new ConfigurationFile(file, Map.of()).read(Optional.empty(), jars);

            assertThat(found.settings().waits().leaseDuration()).isEqualTo(Duration.ofSeconds(6));
            assertThat(found.settings().waits().lock()).isEqualTo(Duration.ofSeconds(6));
        }
    }

    @Test
    void propertiesAreReadAsAnApplicationReadsThem() throws IOException {
        Configuration found = read("application.properties", """
                spring.datasource.url=jdbc:mariadb://db/
                spring.datasource.hikari.username=pooled
                spring.datasource.hikari.data-source-properties.sslMode=REQUIRED
                cloud.dbupgrade.schemas=cloud, cloud_usage
                Cloud.DbUpgrade.base-line=4.5.2
                """);

        assertThat(found.url()).hasValue("jdbc:mariadb://db/");
        assertThat(found.user()).hasValue("pooled");
        assertThat(found.connection()).containsEntry("sslMode", "REQUIRED");
        assertThat(found.settings().schemas()).containsExactly("cloud", "cloud_usage");
    }

    @Test
    void theUpgradesOwnAccountGoesBeforeTheApplications() throws IOException {
        String application = "spring.datasource: {url: 'jdbc:mysql://app/', username: app, password: pw-of-app}\n";

        Configuration account = read("a.yml", application + "cloud.dbupgrade: {user: dba, password: pw-of-dba}");
        Configuration server = read("b.yml", application + "cloud.dbupgrade.url: jdbc:mysql://direct/");

        assertThat(account.url()).hasValue("jdbc:mysql://app/");
        assertThat(account.user()).hasValue("dba");
        assertThat(account.password()).hasValue("pw-of-dba");
        assertThat(server.url()).hasValue("jdbc:mysql://direct/");
        assertThat(server.user()).isEmpty();
        assertThat(server.password()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lok-wait: 5s | cloud.dbupgrade.lok-wait | cloud.dbupgrade.lock-wait",
                "sql-mode: ANSI | cloud.dbupgrade.sql-mode | cloud.dbupgrade.session.sql-mode",
                "session.sqlmodes: ANSI | cloud.dbupgrade.session.sqlmodes | cloud.dbupgrade.session.sql-mode",
                "throttle.replica: jdbc | cloud.dbupgrade.throttle.replica | cloud.dbupgrade.throttle.replicas",
                "schemas.first: shop | cloud.dbupgrade.schemas.first | cloud.dbupgrade.schemas"
            })
    void aMistypedSettingIsAnErrorThatNamesTheNearestOne(String line, String name, String nearest) {
        assertThatThrownBy(() -> read("application.yml", "cloud.dbupgrade." + line))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContainingAll(name + " ", "application.yml", "The nearest one is " + nearest + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lock-wait: soon | cloud.dbupgrade.lock-wait = 'soon' | a time, such as 10s",
                "rolling: maybe | cloud.dbupgrade.rolling = 'maybe' | one of auto, require, off",
                "verify: perhaps | cloud.dbupgrade.verify = 'perhaps' | true or false",
                "throttle.max-running-threads: many | cloud.dbupgrade.throttle.max-running-threads = 'many' | a whole number",
                "throttle.max-running-threads: 0 | cloud.dbupgrade.throttle.max-running-threads in  | must be positive",
                "schemas: [shop, ' '] | cloud.dbupgrade.schemas | A database has a name",
                "locations: 'classpath:' | cloud.dbupgrade.locations | names a directory",
                "release: four | cloud.dbupgrade.release | not the version of a build",
                "lease-duration: 10 | cloud.dbupgrade.lease-duration | 10s for seconds"
            })
    void aValueThatIsWrongIsToldInOneSentence(String line, String setting, String told) {
        assertThatThrownBy(() -> read("application.yml", "cloud.dbupgrade." + line))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContainingAll(setting, told);
    }

    @Test
    void aWrongValueOfTheEnvironmentIsSoughtThere() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yml"), "cloud.dbupgrade.lease-duration: 10s");

        assertThatThrownBy(() -> read(file, Map.of("CLOUD_DBUPGRADE_LEASEDURATION", "1ms"), Optional.empty()))
                .hasMessageContainingAll(
                        "cloud.dbupgrade.lease-duration in ", "CLOUD_DBUPGRADE_LEASEDURATION", "100 ms or longer")
                .hasMessageNotContaining("a.yml");
    }

    @Test
    void jsonOfTheEnvironmentGoesBeforeItsVariables() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yml"), "cloud.dbupgrade.lease-duration: 1s");

        Map<String, String> variables = Map.of(
                "SPRING_APPLICATION_JSON",
                "{\"cloud\":{\"dbupgrade\":{\"lease-duration\":\"3s\"}}}",
                "CLOUD_DBUPGRADE_LEASEDURATION",
                "2s");

        assertThat(read(file, variables, Optional.empty()).settings().waits().leaseDuration())
                .isEqualTo(Duration.ofSeconds(3));
        assertThatThrownBy(() -> read(file, Map.of("SPRING_APPLICATION_JSON", "{s3cret"), Optional.empty()))
                .hasMessageContaining("SPRING_APPLICATION_JSON")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> read(
                        file,
                        Map.of("SPRING_APPLICATION_JSON", "{\"cloud.dbupgrade.leese-duration\":1}"),
                        Optional.empty()))
                .hasMessageContaining("The nearest one is cloud.dbupgrade.lease-duration.");
    }

    @Test
    void withoutAFileTheEnvironmentOfAnApplicationCounts() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yml"), "cloud.dbupgrade.lease-duration: 4s");

        assertThat(ofEnvironment(Map.of("CLOUD_DBUPGRADE_SCHEMAS", "shop", "SPRING_DATASOURCE_URL", "jdbc:mysql://h/"))
                        .settings()
                        .schemas())
                .containsExactly("shop");
        assertThat(ofEnvironment(Map.of("SPRING_CONFIG_LOCATION", "file:" + file))
                        .settings()
                        .waits()
                        .leaseDuration())
                .isEqualTo(Duration.ofSeconds(4));
        assertThat(ofEnvironment(Map.of("HOME", "/"))).isSameAs(Configuration.NONE);
    }

    @Test
    void aDirectoryOrAFileOfTheClassPathIsRead() throws IOException {
        Files.writeString(folder.resolve("application.yml"), "cloud.dbupgrade.lease-duration: 5s");
        try (URLClassLoader jars = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            for (Path named : List.of(folder, Path.of("classpath:application.yml"))) {
                Configuration found = new ConfigurationFile(named, Map.of()).read(Optional.empty(), jars);

                assertThat(found.settings().waits().leaseDuration()).isEqualTo(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    void aPlaceholderWithoutAValueIsNamed() {
        assertThatThrownBy(() -> read("a.yml", "spring.datasource.url: jdbc:mysql://${nowhere}/shop"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContainingAll("${nowhere}", "a.yml");
    }

    @Test
    void aFileThatSaysNothingOfDatabasesIsRefused() {
        assertThatThrownBy(() -> read("other.yml", "some: thing"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("spring.datasource.url");
    }

    @Test
    void ofABrokenFileNoLineIsQuoted() {
        assertThatThrownBy(() -> read("broken.yml", "spring: {datasource: {password: s3cret"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("broken.yml")
                .hasMessageNotContaining("s3cret");
    }

    private static Configuration ofEnvironment(Map<String, String> variables) {
        return ApplicationConfiguration.ofEnvironment(
                variables, Optional.empty(), ConfigurationTest.class.getClassLoader());
    }

    private Configuration read(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return read(file, Map.of("DB_HOST", "db1"), Optional.empty());
    }

    private static Configuration read(Path file, Map<String, String> environment, Optional<String> profiles) {
        return new ConfigurationFile(file, environment).read(profiles, ConfigurationTest.class.getClassLoader());
    }
}
