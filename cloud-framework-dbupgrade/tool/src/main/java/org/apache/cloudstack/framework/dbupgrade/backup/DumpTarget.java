package org.apache.cloudstack.framework.dbupgrade.backup;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The server that the executables connect to, always by TCP.
 *
 * @param host its name or address; IPv6 without brackets
 * @param user the account
 * @param password its password; may be empty, and is in no text
 * @param tls how the connection is encrypted
 * @param authority a PEM file with the certificates of the authorities to trust; those of the system when empty
 * @param publicKeyRetrieval whether MySQL's executables may ask the server for its public key, which an account with
 *     {@code caching_sha2_password} needs on a connection without TLS
 */
public record DumpTarget(
        String host,
        int port,
        String user,
        String password,
        TlsMode tls,
        Optional<Path> authority,
        boolean publicKeyRetrieval) {

    /** A server with encryption where it offers that. */
    public DumpTarget(String host, int port, String user, String password) {
        this(host, port, user, password, TlsMode.PREFERRED, Optional.empty(), false);
    }

    /**
     * The server of a JDBC URL; of several hosts the first.
     *
     * @param url of MySQL's or MariaDB's driver, such as {@code jdbc:mysql://db1:3306,db2/cloud?sslMode=REQUIRED}
     * @throws IllegalArgumentException when it is none, or names no host
     */
    public static DumpTarget of(String url, String user, String password) {
        JdbcAddress address = JdbcAddress.parse(url);
        return new DumpTarget(
                address.host(),
                address.port(),
                user,
                password,
                address.tls(),
                address.option("serverSslCert")
                        .filter(file -> !file.contains(":"))
                        .map(Path::of),
                address.isOn("allowPublicKeyRetrieval"));
    }

    /** The same with other authorities to trust, for a URL can name those of Java only. */
    public DumpTarget withAuthority(Path authority) {
        return new DumpTarget(host, port, user, password, tls, Optional.of(authority), publicKeyRetrieval);
    }

    /** What people call the server. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + " at " + address();
    }
}
