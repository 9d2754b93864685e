package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.AlterClause;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.Change;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.PhaseTable;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.Row;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.ServerVersionRange;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every row of the table of phases is tried on every server: it takes the words that the table states, refuses all better
 * ones, and writes the table again exactly where the table says so.
 */
class PhaseTableServerTest {

    private static final int SYNTAX_ERROR = 1064;
    private static final List<AlterClause> FROM_THE_BEST = List.of(
            AlterClause.INSTANT,
            AlterClause.IN_PLACE,
            AlterClause.IN_PLACE_READ_ONLY,
            AlterClause.COPY_ONLINE,
            AlterClause.COPY);

    @TestFactory
    Stream<DynamicContainer> everyRowIsTried() {
        return onEveryServer(PhaseTableServerTest::check);
    }

    @TestFactory
    Stream<DynamicContainer> whatWasThereIsReadFromTheServerAsFromScripts() {
        return onEveryServer((server, change) -> {
            try (Trial trial = new Trial(server, change.row())) {
                assertThat(trial.readWithThePresentSchema()).contains(change);
            }
        });
    }

    private interface Check {
        void run(DatabaseServer server, Change change) throws SQLException;
    }

    private static Stream<DynamicContainer> onEveryServer(Check check) {
        return Stream.of(TestServers.shared(), TestServers.mariaDb11_4(), TestServers.mariaDb10_11())
                .distinct()
                .map(server -> DynamicContainer.dynamicContainer(
                        server.version(),
                        PhaseTable.rows().stream()
                                .map(change -> DynamicTest.dynamicTest(change.id(), () -> check.run(server, change)))));
    }

    private static void check(DatabaseServer server, Change change) throws SQLException {
        Row row = change.row();
        AlterAlgorithm stated = row.ways().on(line(server));
        switch (stated) {
            case NOT_THERE -> assertUnknown(server, row);
            case PLAIN -> assertPlain(server, row);
            default ->
                assertThat(best(server, row))
                        .as("%s on %s", row.example(), server.version())
                        .isEqualTo(stated);
        }
    }

    private static ServerVersionRange line(DatabaseServer server) throws SQLException {
        try (Connection connection = server.dataSource().getConnection()) {
            return org.apache.cloudstack.framework.dbupgrade.internal.mysql.DatabaseServer.of(connection)
                    .line();
        }
    }

    private static void assertUnknown(DatabaseServer server, Row row) throws SQLException {
        try (Trial trial = new Trial(server, row)) {
            assertThatThrownBy(() -> trial.run(Optional.empty()))
                    .isInstanceOfSatisfying(SQLException.class, error -> assertThat(error.getErrorCode())
                            .isEqualTo(SYNTAX_ERROR));
        }
    }

    /** It takes effect, and where it is written with ALTER TABLE, the server knows no words for it. */
    private static void assertPlain(DatabaseServer server, Row row) throws SQLException {
        try (Trial trial = new Trial(server, row)) {
            String before = trial.picture();
            trial.run(Optional.empty());
            assertThat(trial.picture()).isNotEqualTo(before);
        }
        if (row.example().get(0).startsWith("ALTER TABLE")) {
            try (Trial trial = new Trial(server, row)) {
                assertThatThrownBy(() -> trial.run(Optional.of(AlterClause.COPY)))
                        .isInstanceOfSatisfying(SQLException.class, error -> assertThat(error.getErrorCode())
                                .isEqualTo(SYNTAX_ERROR));
            }
        }
    }

    /** The first of the words, from the best, that the server takes; after each refusal everything is as it was. */
    private static AlterAlgorithm best(DatabaseServer server, Row row) throws SQLException {
        Deque<AlterClause> left = new ArrayDeque<>(FROM_THE_BEST);
        while (!left.isEmpty()) {
            try (Trial trial = new Trial(server, row)) {
                Optional<AlterAlgorithm> way = bestOf(left, trial);
                if (way.isPresent()) {
                    return way.get();
                }
            }
        }
        return AlterAlgorithm.NOT_THERE;
    }

    private static Optional<AlterAlgorithm> bestOf(Deque<AlterClause> left, Trial trial) throws SQLException {
        String before = trial.picture();
        while (!left.isEmpty()) {
            AlterClause form = left.removeFirst();
            if (trial.isTaken(form)) {
                assertThat(trial.picture()).isNotEqualTo(before);
                return way(form, trial.wroteTable());
            }
            assertThat(trial.picture()).isEqualTo(before);
        }
        return Optional.empty();
    }

    /** MariaDB 10.11 copies some tables without a word when asked for INSTANT; that is not the way that was asked for. */
    private static Optional<AlterAlgorithm> way(AlterClause form, boolean wroteTable) {
        return Stream.of(AlterAlgorithm.values())
                .filter(way -> way.clauses().equals(form.clauses()))
                .filter(way -> way.writesTable() == wroteTable)
                .findFirst();
    }
}
