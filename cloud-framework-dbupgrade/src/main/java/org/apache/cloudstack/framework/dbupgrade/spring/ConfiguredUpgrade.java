package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * What an application's environment sets for its upgrade, for executables that have that and no application.
 *
 * @param settings how the upgrade is done
 * @param verify whether to compare the database with its release afterwards, where that is set
 * @param url where the upgrade connects, where that is not the application's URL
 * @param user who upgrades, where that is not the application's account
 * @param password that account's; never shown
 */
public record ConfiguredUpgrade(
        UpgradeSettings settings,
        Optional<Boolean> verify,
        Optional<String> url,
        Optional<String> user,
        Optional<String> password) {

    /**
     * Binds the settings as the application does.
     *
     * @throws UnknownSettingException when something is set that is no setting
     * @throws org.springframework.boot.context.properties.bind.BindException when a value is of another type
     * @throws RuntimeException when a value cannot be used
     */
    public static ConfiguredUpgrade of(ConfigurableEnvironment environment) {
        ConfigurationPropertySources.attach(environment);
        new SettingNames().check(environment);
        DatabaseUpgradeProperties properties = Binder.get(environment)
                .bindOrCreate(DatabaseUpgradeProperties.PREFIX, Bindable.of(DatabaseUpgradeProperties.class));
        return new ConfiguredUpgrade(
                properties.settings(),
                Optional.ofNullable(properties.verify()),
                text(properties.url()),
                text(properties.user()),
                text(properties.password()));
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).filter(StringUtils::hasText);
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
