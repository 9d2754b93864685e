package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The file that {@code --config} names: an application's, or CloudStack's {@code db.properties}. */
record ConfigurationFile(Path path, Map<String, String> environment) {

    /**
     * Reads it.
     *
     * @param profiles the application's, with commas between them
     * @param loader finds what the file imports from the class path
     * @throws WrongUseException when it cannot be read, has a setting that is none, or says nothing about databases
     */
    Configuration read(Optional<String> profiles, ClassLoader loader) {
        if (isOnClassPath(path) || Files.isDirectory(path)) {
            return ApplicationConfiguration.of(path, environment, loader).read(profiles);
        }
        try (InputStream in = Files.newInputStream(path)) {
            if (!isYaml()) {
                Properties properties = new Properties();
                properties.load(in);
                if (CloudStackConfiguration.isOne(properties)) {
                    return new CloudStackConfiguration(path, properties, environment).read();
                }
            }
        } catch (IOException e) {
            throw new WrongUseException("The configuration " + path + " cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException("The configuration " + path + " cannot be read: it is not well-formed");
        }
        return ApplicationConfiguration.of(path, environment, loader).read(profiles);
    }

    static boolean isOnClassPath(Path path) {
        return path.toString().startsWith("classpath:");
    }

    private boolean isYaml() {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yml") || name.endsWith(".yaml");
    }
}
