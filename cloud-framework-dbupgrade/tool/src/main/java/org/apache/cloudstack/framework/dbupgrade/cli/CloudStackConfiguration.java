package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;

/**
 * CloudStack's {@code db.properties}, of the releases since 4.0. The URL is put together as CloudStack does it, but without
 * the name of a database, which an upgrade may have to create, and with the source of several servers alone.
 */
final class CloudStackConfiguration {

    private static final String USUAL_PORT = "3306";
    private static final Pattern DRIVER = Pattern.compile("jdbc:[\\w+:-]+");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    /** Keys of a database that the tool uses, or that matter to a pool and to a running management server only. */
    private static final Set<String> KEYS_OF_DATABASE = Set.of("""
            username password host port name driver uri url.params usessl keystore keystorepassword keystorepassphrase
            truststore truststorepassword encryption.type encrypt.secret encryptor.version maxactive maxidle maxwait
            minidleconnections connectiontimeout keepalivetime connectionpoollib validationquery testonborrow testwhileidle
            isolation.level timebetweenevictionrunsmillis minevictableidletimemillis poolpreparedstatements replicas slaves
            autoreconnect failoverreadonly reconnectattxend autoreconnectforpools secondsbeforeretrysource
            secondsbeforeretrymaster queriesbeforeretrysource queriesbeforeretrymaster initialtimeout connecttimeout
            sockettimeout loadbalanceblocklisttimeout""".split("\\s+"));

    private static final Pattern OTHER_KEYS =
            Pattern.compile("db\\.(?:simulator|awsapi|root|ha)\\..*|(?:cluster|region)\\..*", Pattern.CASE_INSENSITIVE);

    private final Path file;
    private final Map<String, String> values = new TreeMap<>();
    private final CloudStackSecrets secrets;
    private final List<String> notes = new ArrayList<>();

    CloudStackConfiguration(Path file, Properties properties, Map<String, String> environment) {
        this.file = file;
        properties.forEach((key, value) -> values.put(String.valueOf(key), String.valueOf(value)));
        this.secrets = new CloudStackSecrets(
                file,
                value("db.cloud.encryption.type").orElse("none"),
                value("db.cloud.encryptor.version").orElse(""),
                environment);
    }

    /** Whether a file is one. */
    static boolean isOne(Properties properties) {
        return properties.containsKey("db.cloud.host") || properties.containsKey("db.cloud.uri");
    }

    Configuration read() {
        Database cloud = new Database("cloud", "cloud");
        Database usage = new Database("usage", "cloud_usage");
        noteWhatIsNotDone(cloud, usage);
        return new Configuration(
                Optional.of(cloud.url()),
                value("db.cloud.username"),
                value("db.cloud.password").map(text -> secrets.plain("db.cloud.password", text)),
                cloud.connection(),
                UpgradeSettings.defaults().withSchemas(cloud.name(), usage.name()),
                Optional.empty(),
                notes,
                obstacle(cloud, usage));
    }

    /** Two servers cannot be upgraded over one connection. */
    private Optional<String> obstacle(Database cloud, Database usage) {
        return cloud.server().equals(usage.server())
                ? Optional.empty()
                : Optional.of("In " + file + ", the database " + usage.name() + " is on " + usage.server() + ", and "
                        + cloud.name() + " on " + cloud.server()
                        + ". An upgrade goes over one connection, so it needs both on one server. To upgrade one alone, name"
                        + " it with --schemas.");
    }

    private void noteWhatIsNotDone(Database cloud, Database usage) {
        if (value("db.ha.enabled").filter("true"::equalsIgnoreCase).isPresent()) {
            notes.add("db.ha.enabled: of the servers in " + file + " only " + cloud.server()
                    + " is used, which is to be the source. The lag of replicas counts when an application's configuration"
                    + " names them in cloud.dbupgrade.throttle.replicas.");
        }
        if (!value("db.usage.username")
                        .orElse("")
                        .equals(value("db.cloud.username").orElse(""))
                && value("db.usage.username").isPresent()) {
            notes.add("db.usage.username is not used: the account of db.cloud.username upgrades " + usage.name()
                    + " too.");
        }
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeIf(key -> isKnown(key.toLowerCase(Locale.ROOT)));
        if (!unknown.isEmpty()) {
            notes.add("Not known, and not used: " + String.join(", ", unknown) + " in " + file + ".");
        }
    }

    private static boolean isKnown(String key) {
        return OTHER_KEYS.matcher(key).matches()
                || Stream.of("db.cloud.", "db.usage.")
                        .anyMatch(prefix ->
                                key.startsWith(prefix) && KEYS_OF_DATABASE.contains(key.substring(prefix.length())));
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** One of the two databases, by the word in its keys. */
    private final class Database {

        private final String word;
        private final String usualName;

        Database(String word, String usualName) {
            this.word = word;
            this.usualName = usualName;
        }

        private Optional<String> of(String key) {
            return value("db." + word + "." + key);
        }

        /** The name in a whole URL goes before the one beside it, as with CloudStack. */
        String name() {
            return of("uri")
                    .map(uri -> uri.replaceFirst("^[^/]*//[^/?]*/?", "").replaceFirst("\\?.*", ""))
                    .filter(name -> !name.isEmpty())
                    .or(() -> of("name"))
                    .orElse(usualName);
        }

        String url() {
            return of("uri").map(uri -> checked("uri", uri)).orElseGet(this::builtUrl);
        }

        private String builtUrl() {
            String driver = Drivers.OF_THIS_MACHINE.scheme(
                    checked("driver", of("driver").orElse("jdbc:mysql")));
            String parameters = parameters(driver);
            return driver + "://" + host() + ":" + port() + "/" + (parameters.isEmpty() ? "" : "?" + parameters);
        }

        private String checked(String key, String text) {
            if (!(key.equals("uri")
                    ? text.startsWith("jdbc:")
                    : DRIVER.matcher(text).matches())) {
                throw new WrongUseException("db." + word + "." + key + " in " + file
                        + " starts with jdbc:, as in jdbc:mysql or jdbc:mariadb.");
            }
            return text;
        }

        private String host() {
            return of("host").orElse("localhost");
        }

        private String port() {
            String port = of("port").orElse(USUAL_PORT);
            if (!PORT.matcher(port).matches()) {
                throw new WrongUseException("db." + word + ".port in " + file + " is no number.");
            }
            return port;
        }

        /** What the file adds to a URL with or without a first character. */
        private String parameters(String driver) {
            List<String> all = new ArrayList<>();
            of("url.params")
                    .map(text -> text.replaceFirst("^[?&]+", ""))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(all::add);
            String given = String.join("", all).toLowerCase(Locale.ROOT);
            if (usesTls() && !given.contains("sslmode=") && !given.contains("usessl=")) {
                boolean isMariaDb = driver.startsWith("jdbc:mariadb");
                boolean verifies = value("db.cloud.trustStore").isPresent();
                all.add("sslMode="
                        + (verifies ? isMariaDb ? "verify-ca" : "VERIFY_CA" : isMariaDb ? "trust" : "REQUIRED"));
            }
            return String.join("&", all);
        }

        /** Trust store and key store, as the driver calls them. */
        Map<String, String> connection() {
            Map<String, String> connection = new TreeMap<>();
            if (usesTls()) {
                boolean isMariaDb = url().startsWith("jdbc:mariadb");
                store(connection, "trustStore", isMariaDb ? "trustStore" : "trustCertificateKeyStore", isMariaDb);
                store(connection, "keyStore", isMariaDb ? "keyStore" : "clientCertificateKeyStore", isMariaDb);
            }
            return connection;
        }

        private void store(Map<String, String> connection, String key, String driversKey, boolean isMariaDb) {
            String url = driversKey + (isMariaDb ? "" : "Url");
            value("db.cloud." + key)
                    .ifPresent(path -> connection.put(
                            url, isMariaDb ? path : Path.of(path).toUri().toString()));
            value("db.cloud." + key + "Password")
                    .filter(password -> connection.containsKey(url))
                    .map(password -> secrets.plain("db.cloud." + key + "Password", password))
                    .ifPresent(password -> connection.put(driversKey + "Password", password));
        }

        private boolean usesTls() {
            return value("db.cloud.useSSL").filter("true"::equalsIgnoreCase).isPresent();
        }

        /** Host and port, however this machine is called. */
        String server() {
            if (of("uri").isPresent()) {
                String[] parts = ServerErrors.address(url())
                        .replaceFirst("^[^/]*//", "")
                        .replaceFirst("/.*", "")
                        .split(":(?=\\d+$)", 2);
                return normal(parts[0]) + ":" + (parts.length > 1 ? parts[1] : USUAL_PORT);
            }
            return of("host").isEmpty() && word.equals("usage")
                    ? new Database("cloud", "").server()
                    : normal(host()) + ":" + port();
        }

        private static String normal(String host) {
            String plain = host.toLowerCase(Locale.ROOT);
            return LOOPBACK.contains(plain) || plain.isEmpty() ? "localhost" : plain;
        }
    }
}
