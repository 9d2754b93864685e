package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;

/** Eight management servers, each in a process of its own, that boot at the same moment and upgrade the same platform. */
final class ManyServers implements AutoCloseable {

    static final int COUNT = 8;
    static final Duration LEASE = Duration.ofSeconds(2);

    private static final Duration LONGEST = Duration.ofMinutes(4);

    private final List<ChildJvm> servers = new ArrayList<>();
    private final BlockingQueue<ChildJvm> statements = new LinkedBlockingQueue<>();

    /**
     * Boots them.
     *
     * @param databases where they connect to, one after the other
     */
    static ManyServers boot(List<? extends DatabaseServer> databases) {
        ManyServers all = new ManyServers();
        for (int i = 0; i < COUNT; i++) {
            DatabaseServer database = databases.get(i % databases.size());
            all.servers.add(UpgradeProcess.start(database, LEASE, all::hear));
        }
        return all;
    }

    private void hear(ChildJvm server, String line) {
        if (line.equals(UpgradeProcess.STATEMENT)) {
            statements.add(server);
        }
    }

    /** The server that did the given number of statements of the upgrade, from now on. */
    ChildJvm upgraderAfter(int count) throws InterruptedException {
        ChildJvm upgrader = nextUpgrader();
        for (int i = 1; i < count; i++) {
            upgrader = nextUpgrader();
        }
        return upgrader;
    }

    private ChildJvm nextUpgrader() throws InterruptedException {
        ChildJvm upgrader = statements.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
        if (upgrader == null) {
            throw new IllegalStateException("Nobody upgrades. " + outputs());
        }
        return upgrader;
    }

    /** The next other server that does a statement. */
    ChildJvm upgraderOtherThan(ChildJvm before) throws InterruptedException {
        ChildJvm upgrader = nextUpgrader();
        while (upgrader == before) {
            upgrader = nextUpgrader();
        }
        return upgrader;
    }

    ChildJvm get(int index) {
        return servers.get(index);
    }

    int indexOf(ChildJvm server) {
        return servers.indexOf(server);
    }

    /** Waits until all but the given ones have started, and gives how many migrations each of them ran, 0 left out. */
    List<Integer> awaitStartOfAllBut(ChildJvm... lost) {
        List<Integer> runs = new ArrayList<>();
        for (ChildJvm server : servers) {
            if (List.of(lost).contains(server)) {
                continue;
            }
            assertThat(server.awaitExit(LONGEST))
                    .as("server %d, output %s", servers.indexOf(server), server.output())
                    .isEqualTo(UpgradeProcess.DONE);
            int count = runsOf(server);
            if (count > 0) {
                runs.add(count);
            }
        }
        return runs;
    }

    private static int runsOf(ChildJvm server) {
        return server.output()
                .lines()
                .filter(line -> line.startsWith(UpgradeProcess.RUNS))
                .mapToInt(line -> Integer.parseInt(line.substring(UpgradeProcess.RUNS.length())))
                .sum();
    }

    private String outputs() {
        return servers.stream().map(ChildJvm::output).toList().toString();
    }

    @Override
    public void close() {
        servers.forEach(ChildJvm::close);
    }
}
