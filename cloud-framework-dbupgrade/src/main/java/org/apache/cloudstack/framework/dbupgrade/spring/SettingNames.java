package org.apache.cloudstack.framework.dbupgrade.spring;

import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.spring.UnknownSettingException.UnknownSetting;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The names of all settings, which a mistyped one is found by: to leave it out would mean to upgrade in another way than was
 * asked for. A variable of the environment is only warned of, since others than people set those.
 */
final class SettingNames {

    private static final Logger LOG = LoggerFactory.getLogger(SettingNames.class);
    private static final ConfigurationPropertyName PREFIX =
            ConfigurationPropertyName.of(DatabaseUpgradeProperties.PREFIX);

    private static final Pattern NO_UNIT = Pattern.compile("0*[1-9]\\d*");

    /** As people write them, by what remains without hyphens. */
    private final Map<String, String> known = new TreeMap<>();

    private final List<String> durations = new ArrayList<>();

    SettingNames() {
        add("", DatabaseUpgradeProperties.class);
    }

    private void add(String prefix, Class<?> group) {
        Parameter[] parameters = group.getDeclaredConstructors()[0].getParameters();
        RecordComponent[] components = group.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Name own = parameters[i].getAnnotation(Name.class);
            String name =
                    prefix + (own == null ? DataObjectPropertyName.toDashedForm(component.getName()) : own.value());
            if (component.getType().isRecord()) {
                add(name + ".", component.getType());
            } else {
                known.put(name.replace("-", ""), name);
                if (component.getType() == Duration.class) {
                    durations.add(full(name));
                }
            }
        }
    }

    /**
     * Looks at all that is set.
     *
     * @throws UnknownSettingException when something is that is no setting
     */
    void check(ConfigurableEnvironment environment) {
        List<UnknownSetting> unknown = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
            if (source instanceof IterableConfigurationPropertySource names) {
                boolean isEnvironment = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                names.stream().filter(PREFIX::isAncestorOf).forEach(name -> {
                    if (isEnvironment) {
                        warnOfVariable(name);
                    } else if (!known.containsKey(uniform(name, "."))) {
                        unknown.add(unknown(name, names.getConfigurationProperty(name)));
                    }
                });
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnknownSettingException(unknown);
        }
        Binder binder = Binder.get(environment);
        durations.forEach(name -> binder.bind(name, String.class).ifBound(text -> requireUnit(name, text)));
    }

    /** Spring Boot takes a plain number for milliseconds, and people mean seconds. */
    private static void requireUnit(String name, String text) {
        if (NO_UNIT.matcher(text).matches()) {
            throw new InvalidConfigurationPropertyValueException(
                    name,
                    text,
                    "A time has a unit. Write " + text + "s for seconds, or " + text + "ms for milliseconds.");
        }
    }

    /** In the name of a variable, an underscore stands for a dot as well as for a hyphen. */
    private void warnOfVariable(ConfigurationPropertyName name) {
        String plain = uniform(name, "");
        if (known.keySet().stream().noneMatch(each -> each.replace(".", "").equals(plain))) {
            LOG.warn(
                    "A variable of the environment sets {}, which is no setting of the database upgrade; the nearest one is {}.",
                    name,
                    full(nearest(plain)));
        }
    }

    private UnknownSetting unknown(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
        return new UnknownSetting(
                name.toString(),
                Optional.ofNullable(Origin.from(property)).map(Origin::toString),
                full(nearest(uniform(name, "."))));
    }

    /** Without the prefix, the hyphens, the case, and the places in lists. */
    private static String uniform(ConfigurationPropertyName name, String separator) {
        List<String> elements = new ArrayList<>();
        for (int index = PREFIX.getNumberOfElements(); index < name.getNumberOfElements(); index++) {
            if (!name.isNumericIndex(index)) {
                elements.add(name.getElement(index, Form.UNIFORM));
            }
        }
        return String.join(separator, elements);
    }

    private static String full(String name) {
        return PREFIX + "." + name;
    }

    private String nearest(String uniform) {
        return known.entrySet().stream()
                .min(Comparator.comparingInt(each -> distanceOfNames(uniform, each.getKey())))
                .orElseThrow()
                .getValue();
    }

    /** One that was put into the wrong group is found by its last word, and one that is no group by what is before it. */
    private static int distanceOfNames(String one, String setting) {
        return one.startsWith(setting + ".")
                ? 1
                : Math.min(distance(one, setting), distance(lastWord(one), lastWord(setting)) + 1);
    }

    private static String lastWord(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** How many letters have to be put in, left out or exchanged. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int exchanged = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(exchanged, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
