package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDBC URL of a server, in the two parts between which the name of a database goes.
 *
 * @param server up to and with the slash after the host and port
 * @param options from the question mark on; empty when there are none
 */
record ServerUrl(String server, String options) {

    private static final Pattern SERVER_LEVEL = Pattern.compile("(jdbc:mysql:(?:\\w+:)?//[^/?]+)/?(\\?.*)?");

    private static final Pattern ONE_ADDRESS = Pattern.compile("(jdbc:mysql:(?:\\w+:)?//)([^/,]+?)(?::(\\d+))?/");
    private static final int USUAL_PORT = 3306;

    /** A server on this machine that is reached without encryption. */
    static ServerUrl local(String host, int port) {
        return new ServerUrl(
                "jdbc:mysql://" + host + ":" + port + "/", "?sslMode=DISABLED&allowPublicKeyRetrieval=true");
    }

    /**
     * Reads a URL that names no database.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    static ServerUrl parse(String text) {
        Matcher matcher = SERVER_LEVEL.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not the URL of a server: write it without a database,"
                    + " such as jdbc:mysql://127.0.0.1:3306/?sslMode=DISABLED");
        }
        String options = matcher.group(2);
        return new ServerUrl(matcher.group(1) + "/", options == null ? "" : options);
    }

    /**
     * Host and port.
     *
     * @throws IllegalArgumentException when the URL names several
     */
    InetSocketAddress address() {
        Matcher matcher = one();
        String port = matcher.group(3);
        return new InetSocketAddress(matcher.group(2), port == null ? USUAL_PORT : Integer.parseInt(port));
    }

    /** The same with another host and port. */
    ServerUrl at(InetSocketAddress address) {
        return new ServerUrl(one().group(1) + address.getHostString() + ":" + address.getPort() + "/", options);
    }

    private Matcher one() {
        Matcher matcher = ONE_ADDRESS.matcher(server);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + server + "' does not name one host and port");
        }
        return matcher;
    }

    String text() {
        return server + options;
    }

    String withDatabase(String database) {
        return server + database + options;
    }

    String withOption(String option) {
        return server + options + (options.isEmpty() ? "?" : "&") + option;
    }
}
