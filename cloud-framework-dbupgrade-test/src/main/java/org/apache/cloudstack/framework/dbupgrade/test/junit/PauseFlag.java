package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What a test asks for: each annotation over those around it.
 *
 * @param loader finds on the class path what the test finds there
 */
record PauseFlag(
        ClassLoader loader,
        String at,
        List<String> locations,
        List<String> schemas,
        String server,
        List<String> scripts,
        Class<? extends UpgradeConfiguration> configuration) {

    static final String NEWEST = "newest";

    /** What the annotations of a test class and in it say, the outermost first. */
    static PauseFlag of(Class<?> testClass, Stream<UpgradeDatabase> annotations) {
        PauseFlag nothing = new PauseFlag(
                testClass.getClassLoader(), "", List.of(), List.of(), "", List.of(), UpgradeConfiguration.None.class);
        return annotations.reduce(nothing, PauseFlag::with, (one, other) -> other);
    }

    private PauseFlag with(UpgradeDatabase inner) {
        return new PauseFlag(
                loader,
                inner.at().isEmpty() ? at : inner.at(),
                inner.locations().length == 0 ? locations : List.of(inner.locations()),
                inner.schemas().length == 0 ? schemas : List.of(inner.schemas()),
                inner.server().isEmpty() ? server : inner.server(),
                inner.scripts().length == 0 ? scripts : List.of(inner.scripts()),
                inner.configuration() == UpgradeConfiguration.None.class ? configuration : inner.configuration());
    }

    /** Whether databases are wanted that have nothing in them, not even their schemas. */
    boolean isEmpty() {
        return at.isEmpty() && scripts.isEmpty();
    }

    UpgradeSettings settings() {
        boolean saysAll = !locations.isEmpty() && !schemas.isEmpty();
        UpgradeSettings settings = saysAll ? UpgradeSettings.defaults() : ApplicationSettings.read(loader);
        settings = locations.isEmpty() ? settings : settings.withLocations(locations.toArray(String[]::new));
        settings = schemas.isEmpty() ? settings : settings.withSchemas(schemas.toArray(String[]::new));
        if (settings.schemas().isEmpty()) {
            throw new ExtensionConfigurationException(
                    "Nothing says which databases the migrations are for. Name them as schemas of @UpgradeDatabase, or in the"
                            + " application's configuration on the class path of the tests: in cloud.dbupgrade.schemas, or as"
                            + " the database of spring.datasource.url.");
        }
        return settings;
    }

    /** The configuration of upgrades, on the class path of the test. */
    UpgradeConfiguration upgrades() {
        UpgradeConfiguration own = instance();
        return upgrade -> own.apply(upgrade.classLoader(loader));
    }

    private UpgradeConfiguration instance() {
        try {
            Constructor<? extends UpgradeConfiguration> constructor = configuration.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ExtensionConfigurationException(
                    configuration.getName()
                            + " cannot be made: give the configuration of @UpgradeDatabase a constructor"
                            + " without parameters, and make it static where it is inside of another class.",
                    e);
        }
    }

    @Override
    public String toString() {
        return (at.isEmpty() ? "empty" : "at " + at)
                + (locations.isEmpty() ? "" : " of " + String.join(", ", locations));
    }
}
