package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ServerMessage;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.LockNeeds;

/** Puts together what one server lets an account see of those who hold a lock. */
final class BlockerSearch {

    /** Refused to this account, or not there. */
    private static final Set<Integer> UNSEEN = Set.of(1044, 1142, 1143, 1227, 1370, 1049, 1109, 1146, 1683);

    private static final String ONLY_OWN =
            "The database user sees its own connections only; GRANT PROCESS ON *.* TO %s makes those of others visible.";
    private static final String ONLY_TRANSACTIONS = "Open transactions are seen, but neither what they hold nor LOCK"
            + " TABLES of other connections; %s makes that visible.";
    private static final Comparator<Blocker> LONGEST_FIRST = Comparator.comparingLong(
                    (Blocker blocker) -> -blocker.secondsInTransaction().orElse(0))
            .thenComparing(Blocker::connectionId);

    private final Connection asking;
    private final LockNeeds needs;
    private final long waiting;

    BlockerSearch(Connection asking, LockNeeds needs, long waiting) {
        this.asking = asking;
        this.needs = needs;
        this.waiting = waiting;
    }

    Blockers search() {
        try {
            ServerProduct product = DatabaseServer.of(asking).product();
            List<HeldLock> rows = seen(() -> new HeldLocks(asking).onRowsNeededBy(product, waiting))
                    .orElse(List.of());
            Seen seen = new Seen(
                    ServerConnections.idOf(asking), Session.visible(asking), seen(() -> OpenTransaction.all(asking)));
            if (!rows.isEmpty()) {
                return new Blockers(holders(rows, seen), true, "");
            }
            Optional<List<HeldLock>> locks = locks(product);
            return locks.isPresent() ? amongHolders(locks.get(), product, seen) : amongTransactions(product, seen);
        } catch (SQLException e) {
            return new Blockers(List.of(), false, "Who holds it could not be asked: " + ServerMessage.of(e) + ".");
        }
    }

    /** All locks but those on rows; empty when the server does not show. */
    private Optional<List<HeldLock>> locks(ServerProduct product) throws SQLException {
        HeldLocks held = new HeldLocks(asking);
        if (product == ServerProduct.MARIADB) {
            Optional<List<HeldLock>> ofPlugin = seen(held::ofMariaDbPlugin);
            // MariaDB's performance schema does not show a table locked for reading from one that is read
            if (ofPlugin.isPresent() || !needs.definition()) {
                return ofPlugin;
            }
        }
        return seen(held::ofPerformanceSchema).filter(locks -> !locks.isEmpty());
    }

    private Blockers amongHolders(List<HeldLock> locks, ServerProduct product, Seen seen) throws SQLException {
        LockNeeds all = needs.definition()
                ? needs.and(seen(() -> new ForeignKeys(asking, product).relativesOf(needs))
                        .orElse(Set.of()))
                : needs;
        List<HeldLock> keepingBack = locks.stream()
                .filter(lock -> lock.keepsBack(all) || lock.mayHoldRows(all) && seen.locksRows(lock.connection()))
                .toList();
        boolean seesAll = seen.transactions().isPresent();
        return new Blockers(holders(keepingBack, seen), seesAll || needs.definition(), seesAll ? "" : ONLY_OWN);
    }

    private List<Blocker> holders(List<HeldLock> locks, Seen seen) {
        Map<Long, Set<String>> holds = new TreeMap<>();
        locks.forEach(lock ->
                holds.computeIfAbsent(lock.connection(), id -> new TreeSet<>()).add(lock.what()));
        holds.remove(waiting);
        holds.remove(seen.asking());
        return holds.entrySet().stream()
                .map(held -> seen.blocker(held.getKey(), held.getValue()))
                .sorted(Comparator.comparing((Blocker blocker) -> seen.isWaiting(blocker.connectionId()))
                        .thenComparing(LONGEST_FIRST))
                .toList();
    }

    private Blockers amongTransactions(ServerProduct product, Seen seen) throws SQLException {
        if (seen.transactions().isEmpty()) {
            return new Blockers(List.of(), false, ONLY_OWN.formatted(Account.of(asking)));
        }
        List<Blocker> suspects = seen.transactions().get().keySet().stream()
                // the server may still list a transaction whose connection is gone
                .filter(seen.sessions()::containsKey)
                .filter(id -> id != waiting && (needs.definition() || seen.locksRows(id)) && !seen.isWaiting(id))
                .map(id -> seen.blocker(id, Set.of()))
                .sorted(LONGEST_FIRST)
                .toList();
        String remedy = product == ServerProduct.MYSQL
                ? "GRANT SELECT ON performance_schema.* TO " + Account.of(asking)
                : "INSTALL SONAME 'metadata_lock_info'";
        return new Blockers(suspects, false, ONLY_TRANSACTIONS.formatted(remedy));
    }

    private static <T> Optional<T> seen(Question<T> question) throws SQLException {
        try {
            return Optional.of(question.ask());
        } catch (SQLException e) {
            if (UNSEEN.contains(e.getErrorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private interface Question<T> {
        T ask() throws SQLException;
    }

    /** What is seen of other connections; transactions are those of all accounts or of none. */
    private record Seen(long asking, Map<Long, Session> sessions, Optional<Map<Long, OpenTransaction>> transactions) {

        boolean isWaiting(long connection) {
            return session(connection).filter(Session::isWaiting).isPresent()
                    || transaction(connection).filter(OpenTransaction::waits).isPresent();
        }

        boolean locksRows(long connection) {
            return transactions.isEmpty()
                    || transaction(connection)
                            .filter(OpenTransaction::locksRows)
                            .isPresent();
        }

        private Optional<Session> session(long connection) {
            return Optional.ofNullable(sessions.get(connection));
        }

        private Optional<OpenTransaction> transaction(long connection) {
            return transactions.flatMap(open -> Optional.ofNullable(open.get(connection)));
        }

        /** What people read that it does. */
        private String state(long connection, Session session) {
            String what = isWaiting(connection) ? "waiting" : session.isIdle() ? "idle" : "busy";
            return what + " for " + session.since().toSeconds() + " s";
        }

        Blocker blocker(long connection, Collection<String> holds) {
            Optional<Session> session = session(connection);
            return new Blocker(
                    connection,
                    session.map(Session::user).orElse(""),
                    session.map(Session::host).orElse(""),
                    transaction(connection)
                            .map(open -> OptionalLong.of(open.seconds()))
                            .orElse(OptionalLong.empty()),
                    session.map(seen -> state(connection, seen)).orElse(""),
                    List.copyOf(holds));
        }
    }
}
