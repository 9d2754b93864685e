package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeMembership;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.WsrepSyncWait;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The row of a running node in the {@link NodeTable}: written when it is made, renewed by a thread of its own, and set to
 * {@code DOWN} when it is closed.
 */
public final class NodeRegistration implements NodeMembership {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);

    private final DataSource dataSource;
    private final NodeTable table;
    private final ContractWatermark mark;
    private final Member member;
    private final Consumer<ReleaseVersion> outdated;
    private final String run = UUID.randomUUID().toString();
    private final ScheduledExecutorService thread;
    private final boolean isCounted;
    private boolean told;

    /**
     * Who joins.
     *
     * @param name the node's name; another node of the same name would be taken for the same one
     * @param release what its code is
     * @param heartbeat how often it sends a heartbeat
     */
    public record Member(String name, ReleaseVersion release, Duration heartbeat) {}

    private NodeRegistration(
            DataSource dataSource,
            NodeTable table,
            ContractWatermark mark,
            Member member,
            Consumer<ReleaseVersion> outdated,
            boolean isCounted) {
        this.isCounted = isCounted;
        this.dataSource = dataSource;
        this.table = table;
        this.mark = mark;
        this.member = member;
        this.outdated = outdated;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread heart = new Thread(task, "dbupgrade-heartbeat");
            heart.setDaemon(true);
            return heart;
        });
    }

    /**
     * Writes the row of a server that passed its upgrade, and starts to renew it; the table must be there.
     *
     * @param connection is used now
     * @param dataSource gives connections later
     * @param outdated is notified once, from a thread of its own, that the databases lost something the server's code may need
     * @throws SQLException when the server does not answer
     */
    public static NodeRegistration join(
            Connection connection,
            DataSource dataSource,
            NodeTable table,
            ContractWatermark mark,
            Member member,
            Consumer<ReleaseVersion> outdated)
            throws SQLException {
        NodeRegistration membership = new NodeRegistration(dataSource, table, mark, member, outdated, true);
        connection.setAutoCommit(true);
        table.join(connection, member.name(), membership.run, member.release());
        return membership.begun();
    }

    /** One that is not counted, since its account may only read; it learns that it is left behind all the same. */
    public static NodeRegistration uncounted(
            DataSource dataSource,
            NodeTable table,
            ContractWatermark mark,
            Member member,
            Consumer<ReleaseVersion> outdated) {
        return new NodeRegistration(dataSource, table, mark, member, outdated, false).begun();
    }

    private NodeRegistration begun() {
        long pause = member.heartbeat().toMillis();
        thread.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Who joined. */
    public Member member() {
        return member;
    }

    /** The release that outdated this node, as of now; empty when none did. */
    public Optional<ReleaseVersion> leftBehindBy(Connection connection) throws SQLException {
        WsrepSyncWait.on(connection);
        try {
            return mark.read(connection).filter(release -> release.isAfter(member.release()));
        } finally {
            WsrepSyncWait.off(connection);
        }
    }

    private void beat() {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            if (isCounted && !table.beat(connection, member.name(), run)) {
                // somebody tidied the table up, or another server bears the same name: to be counted matters more
                table.join(connection, member.name(), run, member.release());
            }
            Optional<ReleaseVersion> newer = told ? Optional.empty() : leftBehindBy(connection);
            if (newer.isPresent()) {
                told = true;
                outdated.accept(newer.get());
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A heartbeat could not be sent", e);
        }
    }

    /** Announces the shutdown. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(member.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
            if (!isCounted) {
                return;
            }
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(true);
                table.leave(connection, member.name(), run);
            }
        } catch (SQLException e) {
            LOG.debug("The server could not announce its shutdown and counts as alive for a while", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
