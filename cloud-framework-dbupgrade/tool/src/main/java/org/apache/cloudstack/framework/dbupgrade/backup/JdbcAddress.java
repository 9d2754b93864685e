package org.apache.cloudstack.framework.dbupgrade.backup;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a JDBC URL says of the first server it names.
 *
 * @param mariaDb whether it is one of MariaDB's driver, whose defaults differ
 * @param host without brackets
 * @param options by name in lower case
 */
record JdbcAddress(boolean mariaDb, String host, int port, Map<String, String> options) {

    private static final int USUAL_PORT = 3306;
    private static final Pattern URL =
            Pattern.compile("jdbc:(mysql|mariadb)(?::\\w+)*://([^/?]*)(?:/[^?]*)?(?:\\?(.*))?");
    private static final Pattern HOST = Pattern.compile("(?:[^@]*@)?(?:\\[([^]]+)]|([^:,()=]+))(?::(\\d+))?(?:,.*)?");
    private static final Pattern KEYED_HOST = Pattern.compile("[(,]\\s*host\\s*=\\s*\\[?([^),\\]]+)");
    private static final Pattern KEYED_PORT = Pattern.compile("[(,]\\s*port\\s*=\\s*(\\d+)");

    static JdbcAddress parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("This is not the URL of a MySQL or MariaDB server: it has to start with"
                    + " jdbc:mysql:// or jdbc:mariadb:// and a host");
        }
        boolean mariaDb = parts.group(1).equals("mariadb");
        Map<String, String> options = options(parts.group(3) == null ? "" : parts.group(3));
        String hosts = parts.group(2);
        if (hosts.isEmpty()) {
            return new JdbcAddress(mariaDb, "localhost", USUAL_PORT, options);
        }
        Matcher plain = HOST.matcher(hosts);
        if (plain.matches()) {
            String host = plain.group(1) == null ? plain.group(2) : plain.group(1);
            return new JdbcAddress(mariaDb, host, port(plain.group(3)), options);
        }
        Matcher host = KEYED_HOST.matcher(hosts);
        if (!host.find()) {
            throw new IllegalArgumentException("The URL names no host that can be understood");
        }
        // the port of this host, not that of the next one
        String first = hosts.split("\\)\\s*,\\s*(?=address|\\()", 2)[0];
        Matcher port = KEYED_PORT.matcher(first);
        return new JdbcAddress(mariaDb, host.group(1).strip(), port(port.find() ? port.group(1) : null), options);
    }

    private static int port(@Nullable String text) {
        return text == null ? USUAL_PORT : Integer.parseInt(text);
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new TreeMap<>();
        for (String option : query.split("&")) {
            String[] parts = option.split("=", 2);
            if (parts.length == 2) {
                options.put(parts[0].toLowerCase(Locale.ROOT), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return options;
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean isOn(String name) {
        return option(name)
                .filter(value -> value.equalsIgnoreCase("true") || value.equals("1"))
                .isPresent();
    }

    TlsMode tls() {
        return option("sslMode").map(TlsMode::named).orElseGet(this::tlsByOlderOptions);
    }

    private TlsMode tlsByOlderOptions() {
        if (isOn("useSSL") && mariaDb) {
            return isOn("trustServerCertificate") ? TlsMode.REQUIRED : TlsMode.VERIFY_IDENTITY;
        }
        if (option("useSSL").isPresent() && !isOn("useSSL")) {
            return TlsMode.DISABLED;
        }
        if (isOn("verifyServerCertificate")) {
            return TlsMode.VERIFY_CA;
        }
        if (isOn("requireSSL")) {
            return TlsMode.REQUIRED;
        }
        return mariaDb ? TlsMode.DISABLED : TlsMode.PREFERRED;
    }
}
