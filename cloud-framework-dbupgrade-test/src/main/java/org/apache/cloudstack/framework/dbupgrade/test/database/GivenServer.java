package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The server that environment variables name. Once named, it has to answer: there is no falling back to another. Where test
 * classes run in several processes, each has a server of its own.
 */
final class GivenServer {

    static final String URL = "DBUPGRADE_TEST_URL";
    static final String USER = "DBUPGRADE_TEST_USER";
    static final String PASSWORD = "DBUPGRADE_TEST_PASSWORD";

    private GivenServer() {}

    /**
     * Connects to the server of these variables; empty when none is named.
     *
     * @param process which of the processes that run tests this is, from 1
     * @throws IllegalStateException when the server does not answer, or there is none for this process, with the variables to
     *     correct
     */
    static Optional<DatabaseServer> from(Map<String, String> environment, int process) {
        if (!isNamed(environment)) {
            return Optional.empty();
        }
        String[] urls = environment.getOrDefault(URL, "").strip().split("\\s+");
        if (process > urls.length) {
            throw new IllegalStateException(URL + " names " + urls.length + " of the servers that " + process
                    + " test processes need. Name one for each, with blanks between them, or run fewer: -DforkCount="
                    + urls.length);
        }
        String user = environment.getOrDefault(USER, "root");
        String password = environment.getOrDefault(PASSWORD, "");
        return Optional.of(connect(urls[process - 1], user, password));
    }

    static boolean isNamed(Map<String, String> environment) {
        return !environment.getOrDefault(URL, "").isBlank();
    }

    private static DatabaseServer connect(String text, String user, String password) {
        try {
            ServerUrl url = ServerUrl.parse(text);
            ServerVersion.of(new DriverManagerDataSource(impatient(url), user, password));
            return RunningServer.connect(url, user, password, () -> {});
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(URL + ": " + e.getMessage(), e);
        } catch (DataAccessException e) {
            throw new IllegalStateException(
                    URL + " names " + text + ", but no server answers there to user '" + user + "': "
                            + e.getMostSpecificCause().getMessage() + ". Start that server, correct " + URL + ", "
                            + USER + " or " + PASSWORD + ", or unset " + URL + " to use Docker or an embedded MariaDB.",
                    e);
        }
    }

    /** Connector/J waits for an unreachable host as long as the operating system does, which is minutes. */
    private static String impatient(ServerUrl url) {
        return url.options().contains("connectTimeout=") ? url.text() : url.withOption("connectTimeout=10000");
    }
}
