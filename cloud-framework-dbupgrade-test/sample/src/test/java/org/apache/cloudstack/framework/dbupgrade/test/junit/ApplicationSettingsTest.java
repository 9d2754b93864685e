package org.apache.cloudstack.framework.dbupgrade.test.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test finds its databases and migrations where the application does. */
class ApplicationSettingsTest {

    @TempDir
    Path classes;

    @Test
    void theSchemasAndLocationsAreThoseOfTheApplication() throws IOException {
        UpgradeSettings settings = settings("application.yml", """
                spring.datasource.url: jdbc:mysql://localhost/other
                cloud.dbupgrade:
                  schemas: [shop, shop_usage]
                  locations: classpath:com/example/migrations
                """);

        assertThat(settings.schemas()).containsExactly("shop", "shop_usage");
        assertThat(settings.locations()).containsExactly("classpath:com/example/migrations");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://localhost:3306/shop?createDatabaseIfNotExist=true",
                "jdbc:mariadb://one:3306,two:3306/shop",
                "jdbc:mysql:replication://one,two/shop",
                "jdbc:tc:mysql:9.7:///shop"
            })
    void theDatabaseOfTheUrlIsTheSchema(String url) throws IOException {
        assertThat(settings("application.properties", "spring.datasource.url=" + url)
                        .schemas())
                .containsExactly("shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "spring.datasource.url=jdbc:mysql://localhost:3306/?a=b/c",
                "spring.datasource.url=jdbc:h2:mem:shop"
            })
    void withoutADatabaseTheDefaultsHold(String properties) throws IOException {
        assertThat(settings("application.properties", properties).schemas())
                .isEqualTo(UpgradeSettings.defaults().schemas());
    }

    @Test
    void aFileThatCannotBeReadIsTold() {
        assertThatThrownBy(() -> settings("application.yml", "cloud: {dbupgrade"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("cloud: {dbupgrade")
                .hasMessageContaining("name schemas and locations in @UpgradeDatabase");
    }

    private UpgradeSettings settings(String file, String text) throws IOException {
        Files.writeString(classes.resolve(file), text);
        try (URLClassLoader loader = new ApplicationLoader(classes.toUri().toURL())) {
            return ApplicationSettings.read(loader);
        }
    }

    /** Finds the configuration of the application alone, and not that of these tests. */
    private static final class ApplicationLoader extends URLClassLoader {

        ApplicationLoader(URL classes) {
            super(new URL[] {classes}, ApplicationSettingsTest.class.getClassLoader());
        }

        @Override
        public @Nullable URL getResource(String name) {
            return name.contains("application.") ? findResource(name) : super.getResource(name);
        }
    }
}
