package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.courtesy.CourtesySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.PropertyPlaceholderHelper;

/**
 * Reads an application's {@code application.yml} or {@code application.properties}, or CloudStack's {@code db.properties}.
 * Keys may be written as Spring Boot allows it, and {@code ${NAME:default}} is looked up in the file and in the environment.
 */
final class ConfigurationFile {

    private static final PropertyPlaceholderHelper PLACEHOLDERS =
            new PropertyPlaceholderHelper("${", "}", ":", null, false);

    private static final String COURTESY = "cloud.dbupgrade.courtesy.";

    private final Path file;
    private final Map<String, String> values = new TreeMap<>();

    private ConfigurationFile(Path file, Properties properties, UnaryOperator<@Nullable String> environment) {
        this.file = file;
        properties.forEach((key, value) -> values.put(canonical(String.valueOf(key)), String.valueOf(value)));
        values.replaceAll((key, value) -> PLACEHOLDERS.replacePlaceholders(
                value, name -> Optional.ofNullable(environment.apply(name)).orElse(values.get(canonical(name)))));
    }

    /**
     * Reads a file.
     *
     * @param environment gives the value of an environment variable
     * @throws WrongUseException when it cannot be read or says nothing about databases
     */
    static Configuration read(Path file, UnaryOperator<@Nullable String> environment) {
        ConfigurationFile read = new ConfigurationFile(file, properties(file), environment);
        return read.isOfCloudStack() ? read.ofCloudStack() : read.ofApplication();
    }

    private static Properties properties(Path file) {
        try {
            String name = file.toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".yml") || name.endsWith(".yaml")) {
                return yaml(file);
            }
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            return properties;
        } catch (IOException | RuntimeException e) {
            throw new WrongUseException("The configuration " + file + " cannot be read: " + causeOf(e));
        }
    }

    private static Properties yaml(Path file) throws IOException {
        // told with its reason, which the library below would wrap
        Files.newInputStream(file).close();
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource(file));
        // documents of a profile are left to applications that run with it
        yaml.setDocumentMatchers(document -> document.containsKey("spring.config.activate.on-profile")
                ? org.springframework.beans.factory.config.YamlProcessor.MatchStatus.NOT_FOUND
                : org.springframework.beans.factory.config.YamlProcessor.MatchStatus.FOUND);
        return Optional.ofNullable(yaml.getObject()).orElseGet(Properties::new);
    }

    /** Of a file with secrets in it, no line is quoted. */
    private static String causeOf(Exception e) {
        return e instanceof IOException ? e.toString() : "it is not well-formed";
    }

    private static String canonical(String key) {
        return key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private boolean isOfCloudStack() {
        return values.containsKey("db.cloud.host");
    }

    private Configuration ofCloudStack() {
        String parameters = value("db.cloud.url.params").orElse("").replaceFirst("^[&?]", "?");
        String url = "jdbc:mysql://" + values.get("db.cloud.host") + ":"
                + value("db.cloud.port").orElse("3306") + "/" + parameters;
        return new Configuration(
                Optional.of(url),
                value("db.cloud.username"),
                value("db.cloud.password").map(this::plain),
                List.of(
                        value("db.cloud.name").orElse("cloud"),
                        value("db.usage.name").orElse("cloud_usage")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                CourtesySettings.defaults());
    }

    private String plain(String password) {
        if (password.startsWith("ENC(")) {
            throw new WrongUseException(
                    "The password in " + file + " is encrypted, and its key is not known here. Give the"
                            + " password with --password-file or DBUPGRADE_PASSWORD.");
        }
        return password;
    }

    private Configuration ofApplication() {
        Configuration found = new Configuration(
                value("spring.datasource.url"),
                value("spring.datasource.username"),
                value("spring.datasource.password"),
                list("cloud.dbupgrade.schemas"),
                list("cloud.dbupgrade.locations"),
                value("cloud.dbupgrade.release"),
                value("cloud.dbupgrade.baseline"),
                // to YAML, off is false
                value("cloud.dbupgrade.rolling").map(mode -> mode.equals("false") ? "off" : mode),
                courtesy());
        if (found.equals(Configuration.NONE)) {
            throw new WrongUseException("The configuration " + file + " has neither spring.datasource.url nor"
                    + " cloud.dbupgrade.*, nor db.cloud.host of a CloudStack.");
        }
        return found;
    }

    private CourtesySettings courtesy() {
        CourtesySettings defaults = CourtesySettings.defaults();
        List<String> replicas = list(COURTESY + "replicas");
        try {
            return new CourtesySettings(
                    value(COURTESY + "threads").map(Integer::valueOf).orElse(defaults.threads()),
                    replicas.isEmpty() ? defaults.replicas() : replicas,
                    time(COURTESY + "lag").orElse(defaults.lag()),
                    time(COURTESY + "patience").orElse(defaults.patience()));
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(
                    "The configuration " + file + " has a value under " + COURTESY
                            + "* that cannot be used: threads is a number of 1 at least, lag and patience are times such as 10s.");
        }
    }

    private Optional<Duration> time(String key) {
        return value(key).map(DurationFormatterUtils::detectAndParse);
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** {@code a,b} in one value, or a list of YAML. */
    private List<String> list(String key) {
        List<String> all = new ArrayList<>();
        value(key).ifPresent(all::add);
        for (int index = 0; values.containsKey(key + "[" + index + "]"); index++) {
            all.add(values.get(key + "[" + index + "]"));
        }
        return all.stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
