package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.JdbcUrl;

/**
 * The JDBC drivers: those that the tool was packed with, those of {@code --jars}, and, when none of these is for a URL, those
 * that the distribution's packages have put where jars are.
 *
 * @param usualPlace the directory of such jars
 */
record Drivers(Path usualPlace) {

    static final Drivers OF_THIS_MACHINE = new Drivers(Path.of("/usr/share/java"));

    private static final String NAMES = "{mysql-connector-j,mysql-connector-java,mariadb-java-client}*.jar";

    /**
     * Sees to it that there is a driver for a URL.
     *
     * @throws WrongUseException when there is none
     */
    void require(String url) {
        if (!isFound(url)) {
            boolean isMariaDb = url.startsWith("jdbc:mariadb:");
            if (!isMariaDb && !url.startsWith("jdbc:mysql:") || isFound(kind(url) + "//localhost/")) {
                throw new WrongUseException(
                        "The URL " + JdbcUrl.of(url) + " is not one of a MySQL or MariaDB server, which"
                                + " is written as jdbc:mysql://host:3306/ or jdbc:mariadb://host:3306/.");
            }
            throw new WrongUseException("There is no JDBC driver for " + kind(url) + " URLs: put "
                    + (isMariaDb ? "mariadb-java-client.jar" : "mysql-connector-j.jar") + " into " + usualPlace
                    + ", or name that file with --jars.");
        }
        requireReadable(url);
    }

    /** How a URL that is put together here starts: as wanted, unless only the driver of the other product is there. */
    String scheme(String wanted) {
        return Stream.of(wanted, "jdbc:mysql", "jdbc:mariadb")
                .filter(scheme -> isFound(scheme + "://localhost/"))
                .findFirst()
                .orElse(wanted);
    }

    private boolean isFound(String url) {
        if (!isKnown(url)) {
            jars().forEach(Drivers::register);
        }
        return isKnown(url);
    }

    private static boolean isKnown(String url) {
        try {
            return DriverManager.getDriver(url) != null;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Reads a URL as the driver will, without connecting: its message would repeat a part of it. */
    private static void requireReadable(String url) {
        try {
            DriverManager.getDriver(url).getPropertyInfo(url, new Properties());
        } catch (SQLException e) {
            // the connection will say it
            return;
        } catch (IllegalArgumentException e) {
            throw new WrongUseException("The driver cannot read the URL " + JdbcUrl.of(url)
                    + ". A % in it starts a %XX with two hexadecimal digits; the character itself is written %25.");
        }
    }

    private static String kind(String url) {
        return url.replaceFirst("^(jdbc:[^:]*:?).*", "$1");
    }

    private List<Path> jars() {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(usualPlace)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(usualPlace, NAMES)) {
                files.forEach(found::add);
            } catch (IOException e) {
                throw new WrongUseException(usualPlace + " cannot be searched for JDBC drivers: " + e);
            }
        }
        return found;
    }

    private static void register(Path jar) {
        try {
            LoadedDriver.registerThoseOf(
                    new URLClassLoader(new URL[] {jar.toUri().toURL()}, Drivers.class.getClassLoader()));
        } catch (IOException e) {
            throw new WrongUseException(jar + " cannot be read as a jar: " + e.getMessage());
        }
    }
}
