package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

/** What the application under test says in its {@code application.yml} or {@code .properties}, as Spring Boot reads them. */
public final class ApplicationSettings {

    private static final Pattern DATABASE = Pattern.compile("jdbc:(?:tc:)?(?:mysql|mariadb):[^/]*//[^/?]*/([^/?]+).*");

    private final Binder binder;

    private ApplicationSettings(Binder binder) {
        this.binder = binder;
    }

    /**
     * The library's own defaults, with the databases and locations of the application; no database where it names none.
     *
     * @param loader finds on the class path what the application finds there
     */
    public static UpgradeSettings read(ClassLoader loader) {
        try {
            StandardEnvironment environment = new StandardEnvironment();
            ConfigDataEnvironmentPostProcessor.applyTo(environment, new DefaultResourceLoader(loader), null);
            return new ApplicationSettings(Binder.get(environment)).over(UpgradeSettings.defaults());
        } catch (RuntimeException e) {
            throw new ExtensionConfigurationException(
                    "The application's configuration cannot be read: " + e.getMessage()
                            + ". Correct it, or name schemas and locations in @UpgradeDatabase.",
                    e);
        }
    }

    private UpgradeSettings over(UpgradeSettings defaults) {
        UpgradeSettings settings = list("cloud.dbupgrade.locations")
                .map(locations -> defaults.withLocations(locations.toArray(String[]::new)))
                .orElse(defaults);
        return list("cloud.dbupgrade.schemas")
                .or(() -> database("cloud.dbupgrade.url"))
                .or(() -> database("spring.datasource.url"))
                .map(schemas -> settings.withSchemas(schemas.toArray(String[]::new)))
                .orElse(settings);
    }

    private Optional<List<String>> list(String property) {
        return Optional.ofNullable(
                binder.bind(property, Bindable.listOf(String.class)).orElse(null));
    }

    private Optional<List<String>> database(String property) {
        String url = binder.bind(property, String.class).orElse("");
        Matcher matcher = DATABASE.matcher(url);
        return matcher.matches() ? Optional.of(List.of(matcher.group(1))) : Optional.empty();
    }
}
