package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.courtesy.CourtesySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of an application or of a CloudStack says where the databases are. */
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
        assertThat(found.schemas()).containsExactly("shop", "shop_usage");
        assertThat(found.locations()).containsExactly("classpath:db/one", "filesystem:/two");
        assertThat(found.baseline()).hasValue("4.5.2");
        assertThat(found.rolling()).hasValue("require");
        assertThat(found.toString()).doesNotContain("a#b");
    }

    @Test
    void whatYamlTakesForFalseIsOff() throws IOException {
        assertThat(read("off.yml", "cloud.dbupgrade.rolling: off").rolling()).hasValue("off");
    }

    @Test
    void whomDataMigrationsMakeWayForIsReadAsAnApplicationReadsIt() throws IOException {
        assertThat(read("courtesy.yml", """
                cloud.dbupgrade.courtesy:
                  threads: 7
                  lag: 3s
                  replicas: ["jdbc:mysql://replica1/", "jdbc:mysql://replica2/"]
                """).courtesy())
                .isEqualTo(CourtesySettings.defaults()
                        .withThreads(7)
                        .withReplicas(Duration.ofSeconds(3), "jdbc:mysql://replica1/", "jdbc:mysql://replica2/"));
        assertThatThrownBy(() -> read("courtesy.yml", "cloud.dbupgrade.courtesy.lag: soon"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("lag and patience are times such as 10s");
    }

    @Test
    void propertiesAreReadAsAnApplicationReadsThem() throws IOException {
        Configuration found = read("application.properties", """
                spring.datasource.url=jdbc:mariadb://db/
                cloud.dbupgrade.schemas=cloud, cloud_usage
                Cloud.DbUpgrade.base-line=4.5.2
                """);

        assertThat(found.url()).hasValue("jdbc:mariadb://db/");
        assertThat(found.schemas()).containsExactly("cloud", "cloud_usage");
    }

    @Test
    void cloudStacksOwnPropertiesAreRead() throws IOException {
        Configuration found = read("db.properties", """
                db.cloud.username=cloud
                db.cloud.password=pass
                db.cloud.host=10.0.0.5
                db.cloud.port=3307
                db.cloud.name=cloud
                db.cloud.url.params=&sslMode=REQUIRED&serverTimezone=UTC
                db.usage.name=usage_of_cloud
                """);

        assertThat(found.url()).hasValue("jdbc:mysql://10.0.0.5:3307/?sslMode=REQUIRED&serverTimezone=UTC");
        assertThat(found.user()).hasValue("cloud");
        assertThat(found.schemas()).containsExactly("cloud", "usage_of_cloud");
    }

    @Test
    void anEncryptedPasswordIsSaidToBeOne() {
        assertThatThrownBy(() -> read("db.properties", "db.cloud.host=h\ndb.cloud.password=ENC(abc)"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("encrypted");
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

    private Configuration read(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return ConfigurationFile.read(file, variable -> variable.equals("DB_HOST") ? "db1" : null);
    }
}
