package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.time.Duration;
import java.util.Optional;

/**
 * The servers that tests run on. Each is started once per JVM, when it is first asked for, and stopped when the JVM
 * exits; so tests do not close them, and run one after another on the same one: {@code TestServers.shared()} for whatever is
 * there, {@code TestServers.mariaDb10_11()} for that version.
 */
public final class TestServers {

    // A cache of server processes, which are one per JVM by nature: a start takes seconds.
    private static final SharedServer MARIADB_11_4 =
            new SharedServer(() -> EmbeddedMariaDb.start(EmbeddedMariaDb.V11_4));
    private static final SharedServer MARIADB_10_11 =
            new SharedServer(() -> EmbeddedMariaDb.start(EmbeddedMariaDb.V10_11));
    private static final SharedServer SHARED = new SharedServer(TestServers::choose);

    private static final SharedServer GIVEN =
            new SharedServer(() -> GivenServer.from(System.getenv(), Integer.getInteger("dbupgrade.test.process", 1))
                    .orElseThrow());
    private static final ServerPools POOLS = new ServerPools();

    private TestServers() {}

    /**
     * The server for most tests: the one that {@code DBUPGRADE_TEST_URL} names (with {@code DBUPGRADE_TEST_USER}, root
     * unless given, and {@code DBUPGRADE_TEST_PASSWORD}, empty unless given), else MySQL in a container where Docker
     * answers, else an embedded MariaDB 11.4. Of several URLs with blanks between them, each process that runs tests takes
     * its own.
     *
     * @throws IllegalStateException when the chosen server does not answer or start; a missing server is no reason to
     *     skip a test
     */
    public static DatabaseServer shared() {
        return SHARED.get();
    }

    /**
     * An embedded MariaDB 11.4.
     *
     * @throws IllegalStateException when it does not start
     */
    public static DatabaseServer mariaDb11_4() {
        return MARIADB_11_4.get();
    }

    /**
     * An embedded MariaDB 10.11.
     *
     * @throws IllegalStateException when it does not start, or its executables are not on the class path
     */
    public static DatabaseServer mariaDb10_11() {
        return MARIADB_10_11.get();
    }

    /**
     * A server that runs already, and goes on when it is closed here.
     *
     * @param url its URL without a database
     * @throws IllegalArgumentException when the URL has another form
     * @throws org.springframework.dao.DataAccessException when the server does not answer
     */
    public static DatabaseServer running(String url, String user, String password) {
        return RunningServer.connect(ServerUrl.parse(url), user, password, () -> {});
    }

    /**
     * A server that no other test uses until the lease is closed. Of those that are started here, as many run at the same
     * time as there are processors; of one that was given there is one.
     *
     * @param name empty for one like {@link #shared()}; else {@code mysql:8.4} or {@code mariadb:11.4}: the given server
     *     where it is one, an embedded MariaDB of that version on the class path, or a container
     * @param longest how long to wait until one is free
     * @throws IllegalArgumentException when the name has another form
     * @throws IllegalStateException when no such server can be had here, or none is free in time
     */
    public static ServerLease take(String name, Duration longest) {
        return POOLS.of(choice().of(name)).take(longest);
    }

    /**
     * Distinguishes the servers that {@link #take} gives: names of the same kind of server have the same one.
     *
     * @throws IllegalArgumentException when the name has another form
     * @throws IllegalStateException when no such server can be had here
     */
    public static String kind(String name) {
        return choice().of(name).toString();
    }

    static ServerChoice choice() {
        return new ServerChoice(
                GivenServer.isNamed(System.getenv()) ? Optional.of(GIVEN.get().version()) : Optional.empty(),
                ContainerServer::engineAnswers,
                EmbeddedMariaDb.onClassPath());
    }

    private static DatabaseServer choose() {
        ServerChoice.Kind kind = choice().any();
        return switch (kind.origin()) {
            case GIVEN -> GIVEN.get();
            case CONTAINER -> ContainerServer.start(kind.name());
            case EMBEDDED -> mariaDb11_4();
        };
    }
}
