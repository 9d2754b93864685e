package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.spring.ConfiguredUpgrade;
import org.apache.cloudstack.framework.dbupgrade.spring.UnknownSettingException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** An application's {@code application.yml} or {@code .properties}, read by Spring Boot as the application itself reads it. */
record ApplicationConfiguration(Path file, Map<String, String> variables, ClassLoader loader) {

    private static final List<String> KNOWN_FORMATS = List.of(".yml", ".yaml", ".properties", ".xml");
    private static final String DATA_SOURCE = "spring.datasource.";
    private static final String POOL = DATA_SOURCE + "hikari.";
    private static final String UPGRADE = "cloud.dbupgrade";

    Configuration read(Optional<String> profiles) {
        ConfigurableEnvironment environment = environment(profiles);
        Binder binder = Binder.get(environment);
        Optional<String> url = first(binder, POOL + "jdbc-url", DATA_SOURCE + "url");
        boolean hasSettings =
                binder.bind(UPGRADE, Bindable.mapOf(String.class, Object.class)).isBound();
        if (url.isEmpty() && !hasSettings) {
            throw new WrongUseException("The configuration " + file + " has neither spring.datasource.url nor"
                    + " cloud.dbupgrade.*, nor db.cloud.host of a CloudStack.");
        }
        ConfiguredUpgrade upgrade = upgrade(environment);
        boolean isOthers = upgrade.url().isPresent() || upgrade.user().isPresent();
        return new Configuration(
                upgrade.url().or(() -> url),
                isOthers ? upgrade.user() : first(binder, POOL + "username", DATA_SOURCE + "username"),
                isOthers ? upgrade.password() : first(binder, POOL + "password", DATA_SOURCE + "password"),
                upgrade.url().isPresent() ? Map.of() : driverProperties(binder),
                upgrade.settings(),
                upgrade.verify(),
                List.of(),
                Optional.empty());
    }

    private static Map<String, String> driverProperties(Binder binder) {
        return binder.bind(POOL + "data-source-properties", Bindable.mapOf(String.class, String.class))
                .orElseGet(Map::of);
    }

    /** What an application started with this file alone would have. */
    private ConfigurableEnvironment environment(Optional<String> profiles) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables)));
        Map<String, Object> told = new HashMap<>();
        told.put("spring.config.location", location());
        profiles.ifPresent(names -> told.put("spring.profiles.active", names));
        environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", told));
        try {
            ConfigDataEnvironmentPostProcessor.applyTo(environment, resources(), new DefaultBootstrapContext());
        } catch (RuntimeException e) {
            throw new WrongUseException("The configuration " + file + " cannot be read: " + reason(e));
        }
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    private String location() {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String hint = KNOWN_FORMATS.stream().anyMatch(name::endsWith) ? "" : "[.properties]";
        return "file:" + file.toAbsolutePath() + hint;
    }

    /** Boot's own ways to read files, and the application's class path for what its file imports. */
    private ResourceLoader resources() {
        ClassLoader own = ApplicationConfiguration.class.getClassLoader();
        return new DefaultResourceLoader(own) {
            @Override
            public Resource getResource(String location) {
                return location.startsWith(CLASSPATH_URL_PREFIX)
                        ? new ClassPathResource(location.substring(CLASSPATH_URL_PREFIX.length()), loader)
                        : super.getResource(location);
            }
        };
    }

    /** Of a file with secrets in it, no line is quoted. */
    private static String reason(RuntimeException e) {
        return e instanceof ConfigDataException ? String.valueOf(e.getMessage()) : "it is not well-formed";
    }

    private static Optional<String> first(Binder binder, String... names) {
        return Arrays.stream(names)
                .map(name -> binder.bind(name, String.class).orElse(""))
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    private ConfiguredUpgrade upgrade(ConfigurableEnvironment environment) {
        try {
            return ConfiguredUpgrade.of(environment);
        } catch (BindException e) {
            throw new WrongUseException(sentence(e));
        } catch (InvalidConfigurationPropertyValueException e) {
            throw new WrongUseException(e.getName() + " in " + file + " cannot be used: " + e.getReason());
        } catch (UnknownSettingException | IllegalArgumentException e) {
            throw new WrongUseException(String.valueOf(e.getMessage()));
        }
    }

    private String sentence(BindException e) {
        ConfigurationProperty property = e.getProperty();
        String origin = property == null || property.getOrigin() == null
                ? file.toString()
                : property.getOrigin().toString();
        String value = property == null ? "" : " = '" + property.getValue() + "'";
        return e.getName() + value + " in " + origin + " cannot be used: it is "
                + expected(e.getTarget().getType().resolve()) + ".";
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == Duration.class) {
            return "a time, such as 10s or 5m";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type != null && type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant ->
                                    constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .collect(Collectors.joining(", "));
        }
        return type == Integer.class ? "a whole number" : "of another type";
    }
}
