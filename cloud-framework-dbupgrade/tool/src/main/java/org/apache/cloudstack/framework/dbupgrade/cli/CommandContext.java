package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.JdbcUrl;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.release.UnknownRelease;
import org.jspecify.annotations.Nullable;

/**
 * What a command works on: options first, then the environment, then the configuration, then the defaults.
 *
 * @param configuration what file and environment say
 * @param options what the command line says
 * @param jars the class path that the command line names
 * @param loader finds migrations on it
 * @param screen shows what goes on
 */
record CommandContext(
        Configuration configuration, GlobalOptions options, List<Path> jars, ClassLoader loader, Screen screen) {

    /**
     * Reads the configuration and opens the jars.
     *
     * @param environment the variables of the environment
     * @param screen shows what goes on
     */
    static CommandContext of(GlobalOptions options, Map<String, String> environment, Screen screen) {
        List<Path> jars =
                ApplicationJars.classPath(Optional.ofNullable(options.jars).orElse(List.of()));
        ClassLoader loader = ApplicationJars.loader(jars);
        Optional<String> profiles = Optional.ofNullable(options.profile);
        Configuration file = options.config == null
                ? ApplicationConfiguration.ofEnvironment(environment, profiles, loader)
                : new ConfigurationFile(options.config, environment).read(profiles, loader);
        Configuration all = file.withLogin(
                given(environment.get("DBUPGRADE_URL")),
                given(environment.get("DBUPGRADE_USER")),
                given(environment.get("DBUPGRADE_PASSWORD")));
        return new CommandContext(all, options, jars, loader, screen);
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(each -> !each.isEmpty());
    }

    /** Refuses a URL with a password in it, and does not repeat it. */
    static void requireNoSecret(String url) {
        if (JdbcUrl.of(url).hasSecret()) {
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
        String url = given(options.url)
                .or(configuration::url)
                .orElseThrow(
                        () -> new WrongUseException("Which database server? Give --url jdbc:mysql://host:3306/, set"
                                + " DBUPGRADE_URL, or name an application's configuration with --config."));
        if (!url.startsWith("jdbc:")) {
            throw new WrongUseException("The URL of the server starts with jdbc:, as in jdbc:mysql://host:3306/.");
        }
        configuration.obstacle().filter(reason -> isOfFile(url)).ifPresent(reason -> {
            throw new WrongUseException(reason);
        });
        JdbcUrl parts = JdbcUrl.of(url);
        return new Login(
                url,
                given(options.user).or(configuration::user).or(parts::user).orElse("root"),
                password().or(parts::password).orElse(""),
                configuration.connection());
    }

    private boolean isOfFile(String url) {
        return options.url == null
                && options.schemas == null
                && configuration.url().filter(url::equals).isPresent();
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

    /** How the library is to work; nothing is left to the background of a tool that ends. */
    UpgradeSettings settings() {
        UpgradeSettings settings = configuration.settings().withLeaveBackground(false);
        settings = option("--schemas", names(options.schemas), settings, UpgradeSettings::withSchemas);
        settings = option("--locations", names(options.locations), settings, UpgradeSettings::withLocations);
        if (options.rolling != null) {
            settings = settings.withRolling(settings.rolling().withMode(rolling(options.rolling)));
        }
        if (options.target != null) {
            return option("--target", options.target, settings, this::withTyped);
        }
        return options.unknownRelease ? settings.withUnknownRelease(UnknownRelease.ALLOW) : settings;
    }

    private static String @Nullable [] names(@Nullable List<String> given) {
        return given == null ? null : given.toArray(String[]::new);
    }

    private static <V> UpgradeSettings option(
            String name,
            @Nullable V value,
            UpgradeSettings settings,
            BiFunction<UpgradeSettings, V, UpgradeSettings> change) {
        try {
            return value == null ? settings : change.apply(settings, value);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(name + " cannot be used: " + e.getMessage());
        }
    }

    /** Who types a release may mistype it, and what is recorded stays. */
    UpgradeSettings withTyped(UpgradeSettings settings, String release) {
        return settings.withRelease(release)
                .withUnknownRelease(options.unknownRelease ? UnknownRelease.ALLOW : UnknownRelease.REFUSE);
    }

    private static RollingMode rolling(String text) {
        return Stream.of(RollingMode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new WrongUseException("Upgrades are rolling in one of three ways, auto, require"
                        + " and off; '" + text + "' is none of them."));
    }

    /** The databases: those that are named, or else the one of the URL, for which the server is asked. */
    List<String> schemas() {
        List<String> named = settings().schemas();
        return named.isEmpty() ? upgrade().schemas() : named;
    }

    /** The library, set up for the databases. */
    DatabaseUpgrade upgrade() {
        return builder().build();
    }

    /** The library, to be set up further. */
    DatabaseUpgradeBuilder builder() {
        return builder(login().dataSource(screen));
    }

    /** The same for other databases than those of the login, such as a copy of them. */
    DatabaseUpgradeBuilder builder(DataSource databases) {
        return DatabaseUpgrade.of(databases).settings(settings()).classLoader(loader);
    }
}
