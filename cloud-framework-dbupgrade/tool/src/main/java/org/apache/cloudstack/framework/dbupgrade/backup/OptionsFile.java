package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;

/** Reports the executables where to connect and with which password, so that no list of processes shows it. */
public final class OptionsFile {

    private OptionsFile() {}

    /** Writes it; only its owner can read it. */
    public static void write(Path file, String text) throws IOException {
        try (OutputStream out = PrivateFiles.create(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * For executables in Perl, which connect as MariaDB's library does, without TLS or without a look at the certificate.
     *
     * @param first the statement with which each connection starts
     */
    public static String textForPerl(DumpTarget target, String first) {
        return String.join(
                "\n",
                "[client]",
                "host=" + quote(target.host()),
                "port=" + target.port(),
                "protocol=tcp",
                "user=" + quote(target.user()),
                "password=" + quote(target.password()),
                "ssl-verify-server-cert=0",
                "init-command=" + quote(first),
                "");
    }

    /** For mydumper, some versions of which take quotes for a part of the value; host and port are no secrets. */
    static String textForMyDumper(DumpTarget target) {
        return "[client]\nuser=" + quoteIfNeeded(target.user()) + "\npassword=" + quoteIfNeeded(target.password())
                + "\n";
    }

    private static String quoteIfNeeded(String value) {
        return value.matches("[A-Za-z0-9_.-]+") ? value : quote(value);
    }

    /** For the executables of the two products, which are reported TLS in different words. */
    static String text(DumpTarget target, ServerProduct program) {
        List<String> lines = new ArrayList<>(List.of(
                "[client]",
                "host=" + quote(target.host()),
                "port=" + target.port(),
                "protocol=tcp",
                "user=" + quote(target.user()),
                "password=" + quote(target.password())));
        lines.addAll(program == ServerProduct.MYSQL ? tlsOfMySql(target) : tlsOfMariaDb(target.tls()));
        target.authority().ifPresent(file -> lines.add("ssl-ca=" + quote(file.toString())));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> tlsOfMySql(DumpTarget target) {
        List<String> lines = new ArrayList<>(List.of("ssl-mode=" + target.tls()));
        if (target.publicKeyRetrieval()) {
            lines.add("get-server-public-key");
        }
        return lines;
    }

    /** From 11.4 on, MariaDB's executables want TLS and look at the certificate unless they are configured not to. */
    private static List<String> tlsOfMariaDb(TlsMode tls) {
        return switch (tls) {
            case DISABLED -> List.of("skip-ssl");
            case PREFERRED -> List.of("skip-ssl-verify-server-cert");
            case REQUIRED -> List.of("ssl", "skip-ssl-verify-server-cert");
            case VERIFY_CA, VERIFY_IDENTITY -> List.of("ssl", "ssl-verify-server-cert");
        };
    }

    /** In quotes a # starts no comment and blanks at the ends stay; these are all the escapes there are. */
    private static String quote(String value) {
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\b", "\\b")
                + '"';
    }
}
