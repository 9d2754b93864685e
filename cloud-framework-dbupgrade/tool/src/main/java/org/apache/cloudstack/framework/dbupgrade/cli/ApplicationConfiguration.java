package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.cloudstack.framework.dbupgrade.spring.ConfiguredUpgrade;
import org.apache.cloudstack.framework.dbupgrade.spring.UnknownSettingException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * An application's {@code application.yml} or {@code .properties}, and its variables of the environment, read by Spring Boot as
 * the application itself reads them.
 *
 * @param file what the operator calls it
 * @param location the same as Spring Boot's {@code spring.config.location}; empty for the environment alone
 */
record ApplicationConfiguration(String file, String location, Map<String, String> variables, ClassLoader loader) {

    private static final List<String> KNOWN_FORMATS = List.of(".yml", ".yaml", ".properties", ".xml");
    private static final String CONFIG_LOCATION = "spring.config.location";
    private static final Pattern VARIABLE = Pattern.compile(
            "(?i)(?:cloud[._]dbupgrade|spring[._]datasource)[._].*|spring[._](?:application[._]json|config[._]\\w+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[\\w.-]*");
    private static final String DATA_SOURCE = "spring.datasource.";
    private static final String POOL = DATA_SOURCE + "hikari.";
    private static final String UPGRADE = "cloud.dbupgrade";

    /** What a path, a directory or {@code classpath:} names. */
    static ApplicationConfiguration of(Path path, Map<String, String> variables, ClassLoader loader) {
        String name = path.toString();
        return new ApplicationConfiguration(name, location(path, name), variables, loader);
    }

    private static String location(Path path, String name) {
        if (ConfigurationFile.isOnClassPath(path)) {
            return name;
        }
        if (Files.isDirectory(path)) {
            return "file:" + path.toAbsolutePath() + "/";
        }
        boolean isKnown = KNOWN_FORMATS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
        return "file:" + path.toAbsolutePath() + (isKnown ? "" : "[.properties]");
    }

    /** What is set where no file is named, as in the container of an application. */
    static Configuration ofEnvironment(Map<String, String> variables, Optional<String> profiles, ClassLoader loader) {
        return variables.keySet().stream()
                        .noneMatch(name -> VARIABLE.matcher(name).matches())
                ? Configuration.NONE
                : new ApplicationConfiguration("the environment", "", variables, loader).read(profiles);
    }

    Configuration read(Optional<String> profiles) {
        ConfigurableEnvironment environment = environment(profiles);
        Binder binder = Binder.get(environment);
        Optional<String> url = first(binder, POOL + "jdbc-url", DATA_SOURCE + "url");
        boolean hasSettings =
                binder.bind(UPGRADE, Bindable.mapOf(String.class, Object.class)).isBound();
        if (url.isEmpty() && !hasSettings && !location.isEmpty()) {
            throw new WrongUseException("The configuration " + file + " has neither spring.datasource.url nor"
                    + " cloud.dbupgrade.*, nor db.cloud.host of a CloudStack.");
        }
        ConfiguredUpgrade upgrade = upgrade(environment);
        upgrade.url().or(() -> url).ifPresent(this::requireResolved);
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

    private void requireResolved(String url) {
        Matcher placeholder = PLACEHOLDER.matcher(url);
        if (placeholder.find()) {
            throw new WrongUseException("The database's URL in " + file + " has the placeholder " + placeholder.group()
                    + "}, for which neither it nor the environment has a value.");
        }
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
        if (!location.isEmpty() || !environment.containsProperty(CONFIG_LOCATION)) {
            told.put(CONFIG_LOCATION, location);
        }
        profiles.ifPresent(names -> told.put("spring.profiles.active", names));
        environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", told));
        try {
            new SpringApplicationJsonEnvironmentPostProcessor()
                    .postProcessEnvironment(environment, new SpringApplication());
        } catch (RuntimeException e) {
            throw new WrongUseException("SPRING_APPLICATION_JSON is not well-formed.");
        }
        try {
            ConfigDataEnvironmentPostProcessor.applyTo(environment, resources(), new DefaultBootstrapContext());
        } catch (RuntimeException e) {
            throw new WrongUseException("The configuration " + file + " cannot be read: " + reason(e));
        }
        ConfigurationPropertySources.attach(environment);
        return environment;
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
            throw new WrongUseException(
                    e.getName() + " in " + place(environment, e.getName()) + " cannot be used: " + e.getReason());
        } catch (UnknownSettingException | IllegalArgumentException e) {
            throw new WrongUseException(String.valueOf(e.getMessage()));
        }
    }

    private String sentence(BindException e) {
        ConfigurationProperty property = e.getProperty();
        String value = property == null ? "" : " = '" + property.getValue() + "'";
        return e.getName() + value + " in " + place(property) + " cannot be used: it is "
                + expected(e.getTarget().getType().resolve()) + ".";
    }

    private String place(ConfigurableEnvironment environment, String name) {
        ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
        return place(StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .map(source -> source.getConfigurationProperty(wanted))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
    }

    /** The file and line that set it, or the variable of the environment. */
    private String place(@Nullable ConfigurationProperty property) {
        return Optional.ofNullable(Origin.from(property)).map(Origin::toString).orElse(file);
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
