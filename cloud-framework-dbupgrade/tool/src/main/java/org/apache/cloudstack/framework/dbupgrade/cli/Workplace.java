package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a command works on: options first, then the environment, then the configuration, then the defaults.
 *
 * @param configuration what file and environment say
 * @param options what the command line says
 * @param loader finds migrations on the class path
 * @param screen shows what goes on
 */
record Workplace(Configuration configuration, GlobalOptions options, ClassLoader loader, Screen screen) {

    private static final Pattern SECRET_IN_URL = Pattern.compile("(?i)[?&](?:[a-z]*password[a-z0-9]*)=|//[^/]*:[^/]*@");

    /**
     * Reads the configuration and opens the jars.
     *
     * @param environment gives the value of an environment variable
     * @param screen shows what goes on
     */
    static Workplace of(GlobalOptions options, UnaryOperator<@Nullable String> environment, Screen screen) {
        Configuration file =
                options.config == null ? Configuration.NONE : ConfigurationFile.read(options.config, environment);
        Configuration all = new Configuration(
                first(environment.apply("DBUPGRADE_URL"), file.url()),
                first(environment.apply("DBUPGRADE_USER"), file.user()),
                first(environment.apply("DBUPGRADE_PASSWORD"), file.password()),
                file.schemas(),
                file.locations(),
                file.release(),
                file.baseline(),
                file.rolling(),
                file.courtesy());
        return new Workplace(all, options, loader(options.jars), screen);
    }

    private static Optional<String> first(@Nullable String text, Optional<String> other) {
        return text == null || text.isEmpty() ? other : Optional.of(text);
    }

    private static ClassLoader loader(@Nullable List<Path> jars) {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars == null ? List.<Path>of() : jars) {
            if (!Files.isReadable(jar)) {
                throw new WrongUseException("There is no jar " + jar + " that can be read; --jars names it.");
            }
            try {
                urls.add(jar.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new WrongUseException("The name of the jar " + jar + " is no URL: " + e.getMessage());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), Workplace.class.getClassLoader());
    }

    /** Refuses a URL with a password in it, and does not repeat it. */
    static void requireNoSecret(String url) {
        if (SECRET_IN_URL.matcher(url).find()) {
            throw new WrongUseException(
                    "The URL on the command line has a password in it, which everybody on this machine"
                            + " can see. Name a file with --password-file, or set DBUPGRADE_PASSWORD.");
        }
    }

    /** Where the databases are. */
    Login login() {
        if (options.url != null) {
            requireNoSecret(options.url);
        }
        String url = first(options.url, configuration.url())
                .orElseThrow(
                        () -> new WrongUseException("Which database server? Give --url jdbc:mysql://host:3306/, set"
                                + " DBUPGRADE_URL, or name an application's configuration with --config."));
        if (!url.startsWith("jdbc:")) {
            throw new WrongUseException("The URL of the server begins with jdbc:, as in jdbc:mysql://host:3306/.");
        }
        return new Login(
                url,
                first(options.user, configuration.user()).orElse("root"),
                password().orElse(""));
    }

    private Optional<String> password() {
        return options.passwordFile == null ? configuration.password() : passwordIn(options.passwordFile);
    }

    /** The first line of a file. */
    static Optional<String> passwordIn(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst();
        } catch (IOException | UncheckedIOException e) {
            throw new WrongUseException("The password file " + file + " cannot be read: " + e);
        }
    }

    /** Jars and folders that the command line names. */
    List<Path> jars() {
        return Optional.ofNullable(options.jars).orElse(List.of());
    }

    /** How the library is to work. */
    UpgradeSettings settings() {
        UpgradeSettings settings = UpgradeSettings.defaults();
        List<String> schemas = options.schemas == null ? configuration.schemas() : options.schemas;
        List<String> locations = options.locations == null ? configuration.locations() : options.locations;
        if (!schemas.isEmpty()) {
            settings = settings.withSchemas(schemas.toArray(String[]::new));
        }
        if (!locations.isEmpty()) {
            settings = settings.withLocations(locations.toArray(String[]::new));
        }
        settings = settings.withWaits(settings.waits().withCourtesy(configuration.courtesy()));
        RollingMode mode = rolling().orElse(settings.rolling().mode());
        settings = settings.withRolling(settings.rolling().withMode(mode));
        Optional<String> release = first(options.target, configuration.release());
        try {
            settings = release.isPresent() ? settings.withRelease(release.get()) : settings;
            return configuration.baseline().isPresent()
                    ? settings.withBaseline(configuration.baseline().get())
                    : settings;
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(String.valueOf(e.getMessage()));
        }
    }

    private Optional<RollingMode> rolling() {
        return first(options.rolling, configuration.rolling()).map(text -> Stream.of(RollingMode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new WrongUseException("Upgrades are rolling in one of three ways, auto, require"
                        + " and off; '" + text + "' is none of them.")));
    }

    /** The library, set up for the databases. */
    DatabaseUpgrade upgrade() {
        return builder().build();
    }

    /** The library, to be set up further. */
    DatabaseUpgradeBuilder builder() {
        return DatabaseUpgrade.of(login().dataSource(screen))
                .settings(settings())
                .classLoader(loader);
    }
}
