package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.RollingSettings;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeStatus;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeMembership;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeRegistry;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckOutcome;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of two releases on one database: what waits for whom, and who may start. */
@UpgradeDatabase
class RollingTest {

    private static final Duration HEARTBEAT = Duration.ofMillis(100);
    private static final Duration GONE_AFTER = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private Workbench bench;
    private final List<NodeMembership> members = new CopyOnWriteArrayList<>();
    private final List<Finding> outdated = new CopyOnWriteArrayList<>();

    @BeforeEach
    void aPlatformOf46(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_460_A.sql", "CREATE TABLE vm (id INT PRIMARY KEY, old INT NULL);")
                .with("R_vms_view.sql", "CREATE OR REPLACE VIEW vms AS SELECT id FROM vm;");
        server("4.6.0", "ms-1").upgrade();
        bench.with("V_470_A.sql", "ALTER TABLE vm ADD COLUMN power INT NULL;")
                .with("V_470_B.sql", "ALTER TABLE vm DROP COLUMN old;");
    }

    @AfterEach
    void leave() {
        members.forEach(NodeMembership::close);
    }

    @Test
    void whatTakesSomethingAwayWaitsForTheOldServerAndIsRunWhenThatIsGone() {
        NodeMembership old = join("4.6.0", "ms-1");

        UpgradeReport first = server("4.7.0", "ms-2").upgrade();

        assertThat(first.runs()).extracting(UpgradeReport.Run::script).containsExactly("V_470_A.sql");
        assertThat(first.deferred()).extracting(Step::deferredUntil).containsExactly("waits for ms-1 (4.6.0) to go");
        assertThat(first.summary()).contains("to 4.7.0", "1 migration is deferred until older nodes are gone");
        assertThat(columns()).containsExactly("id", "old", "power");

        old.close();
        UpgradeReport second = server("4.7.0", "ms-2").contract();

        assertThat(second.runs()).extracting(UpgradeReport.Run::script).containsExactly("V_470_B.sql");
        assertThat(columns()).containsExactly("id", "power");
        assertThat(server("4.7.0", "ms-2").status().isUpToDate()).isTrue();
    }

    @Test
    void aDeferralIsLoggedWhenItBeginsWhenItChangesAndOnceAnHour() {
        NodeMembership first = join("4.6.0", "ms-1");
        join("4.6.0", "ms-3");
        server("4.7.0", "ms-2").upgrade();
        SettableClock clock = new SettableClock();
        DatabaseUpgrade node = server("4.7.0", "ms-2", clock);

        assertThat(deferralsLogged(node, clock, 13))
                .containsExactly(
                        "0 ms-1 (4.6.0), ms-3 (4.6.0)",
                        "6 ms-1 (4.6.0), ms-3 (4.6.0)",
                        "12 ms-1 (4.6.0), ms-3 (4.6.0)");
        first.close();
        assertThat(deferralsLogged(node, clock, 5)).containsExactly("0 ms-3 (4.6.0)");
    }

    /** What a node that looks every ten minutes writes into its log, and the looks at which it does. */
    private static List<String> deferralsLogged(DatabaseUpgrade node, SettableClock clock, int looks) {
        List<String> logged = new ArrayList<>();
        for (int look = 0; look < looks; look++) {
            int number = look;
            try (CapturedLog log = new CapturedLog()) {
                node.contract(() -> false);
                log.lines().stream()
                        .filter(line -> line.startsWith("INFO"))
                        .flatMap(line -> Pattern.compile("V_470_B.sql waits for (.*) to go")
                                .matcher(line)
                                .results())
                        .forEach(found -> logged.add(number + " " + found.group(1)));
            }
            clock.now = clock.now.plus(Duration.ofMinutes(10));
        }
        return logged;
    }

    private static final class SettableClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void statusTellsWhoLivesAndWhatIsHeldBack() {
        join("4.6.0", "ms-1");
        server("4.7.0", "ms-2").upgrade();
        join("4.7.0", "ms-2");

        UpgradeStatus status = server("4.7.0", "tool").status();

        assertThat(status.database()).contains(ReleaseVersion.of("4.7.0"));
        assertThat(status.servers()).extracting(Node::toString).containsExactly("ms-1 (4.6.0)", "ms-2 (4.7.0)");
        assertThat(status.deferred()).hasSize(1);
        assertThat(status.isUpToDate()).isTrue();
        server("4.7.0", "tool").validate();
    }

    @Test
    void whatIsHeldBackIsNoDifferenceThatAComparisonFinds() {
        join("4.6.0", "ms-1");
        server("4.7.0", "ms-2").upgrade();

        Verification verification = server("4.7.0", "tool").verify();

        assertThat(verification.differences()).isEmpty();
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.notes())
                .containsExactly("V_470_B.sql was deferred until older nodes are gone, so that the schema is not yet"
                        + " compared with release 4.7.0.");
    }

    @Test
    void anOldServerMayStartBesideNewerOnesWhileTheDatabaseWasOnlyExpanded() {
        join("4.6.0", "ms-1");
        server("4.7.0", "ms-2").upgrade();

        UpgradeReport again = server("4.6.0", "ms-3").upgrade();
        join("4.6.0", "ms-3");

        assertThat(again.runs()).isEmpty();
        assertThat(server("4.6.0", "ms-3").status().findings()).isEmpty();
        server("4.6.0", "ms-3").validate();
    }

    @Test
    void anOldServerIsRefusedOnceSomethingWasTakenAway() {
        server("4.7.0", "ms-2").upgrade();

        assertThatThrownBy(() -> server("4.6.0", "ms-1").upgrade())
                .isInstanceOf(UpgradeRefusedException.class)
                .hasMessageContaining("steps of release 4.7.0 may have taken away what older code needs");
        assertThatThrownBy(() -> join("4.6.0", "ms-1")).isInstanceOf(UpgradeRefusedException.class);
        assertThat(server("4.7.0", "tool").status().servers()).isEmpty();
    }

    @Test
    void aServerThatDiedWithoutAWordCountsAsGoneAfterAWhile() {
        bench.database()
                .run(
                        "CREATE TABLE IF NOT EXISTS cloud.dbupgrade_node (name VARCHAR(190) NOT NULL, run CHAR(36) NOT NULL,"
                                + " release_version VARCHAR(32) NOT NULL, state VARCHAR(16) NOT NULL, started_on DATETIME(3) NOT"
                                + " NULL, beat_on DATETIME(3) NOT NULL, PRIMARY KEY (name))");
        bench.database()
                .run("INSERT INTO cloud.dbupgrade_node VALUES ('ms-1', 'x', '4.6.0', 'UP', UTC_TIMESTAMP(3),"
                        + " UTC_TIMESTAMP(3))");

        assertThat(server("4.7.0", "ms-2").upgrade().deferred()).hasSize(1);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        server("4.7.0", "ms-2").contract().deferred())
                .isEmpty());
        assertThat(columns()).containsExactly("id", "power");
    }

    @Test
    void aServerThatWasTakenForDeadAndComesBackIsToldToStop() {
        join("4.6.0", "ms-1");
        bench.database().run("UPDATE cloud.dbupgrade_node SET beat_on = beat_on - INTERVAL 1 HOUR, run = 'frozen'");
        bench.database().run("UPDATE cloud.dbupgrade_contracted SET release_version = '4.7.0'");

        await().atMost(Duration.ofSeconds(20)).until(() -> !outdated.isEmpty());
        assertThat(outdated).singleElement().satisfies(finding -> assertThat(finding.code())
                .isEqualTo(FindingCode.DATABASE_NEWER));
    }

    @Test
    void aStepThatNeedsOneHeldBackKeepsTheNewServerFromStartingUntilTheOldOneIsGone() {
        bench.with("V_480_A.sql", "ALTER TABLE vm ADD COLUMN old VARCHAR(20) NULL;");
        NodeMembership old = join("4.6.0", "ms-1");

        assertThatThrownBy(() -> server("4.8.0", "ms-2").upgrade())
                .isInstanceOfSatisfying(UpgradeRefusedException.class, refusal -> assertThat(refusal.findings())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.code()).isEqualTo(FindingCode.OLDER_SERVERS_LIVE))
                        .satisfies(finding -> assertThat(finding.description())
                                .contains("V_480_A.sql needs V_470_B.sql, which is deferred")));
        assertThat(columns()).containsExactly("id", "old", "power");
        assertThat(server("4.8.0", "ms-2").status().database()).contains(ReleaseVersion.of("4.7.0"));

        old.close();
        server("4.8.0", "ms-2").upgrade();

        assertThat(columns()).containsExactly("id", "power", "old");
    }

    @Test
    void anOldServerThatComesUpBetweenPlanAndStepIsSeenAndTheMarkPutBack() {
        AtomicInteger asked = new AtomicInteger();
        bench.settings(settings -> settings.withRelease("4.7.0").withRolling(rolling("ms-2")));
        // it is asked for the plan, for the plan under the lease, and then right before the step
        NodeRegistry late = (connection, self) -> asked.incrementAndGet() < 3
                ? List.of()
                : List.of(new Node("late", Optional.of(ReleaseVersion.of("4.6.0"))));

        UpgradeReport report = DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .registries(List.of(late))
                .build()
                .upgrade();

        assertThat(asked).hasValueGreaterThan(3);
        assertThat(report.deferred()).extracting(Step::deferredUntil).containsExactly("waits for late (4.6.0) to go");
        assertThat(columns()).containsExactly("id", "old", "power");
        assertThat(bench.value(String.class, "SELECT release_version FROM cloud.dbupgrade_contracted"))
                .isEqualTo("4.6.0");
        join("4.6.0", "late");
    }

    @Test
    void thePreflightTellsWhatWaitsForWhom() {
        join("4.6.0", "ms-1");
        bench.settings(settings -> settings.withRelease("4.7.0").withRolling(rolling("ms-2")));

        List<CheckOutcome> outcomes = DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .build()
                .preflight();

        assertThat(outcomes)
                .filteredOn(outcome -> outcome.name().equals("older nodes"))
                .flatExtracting(CheckOutcome::results)
                .extracting(CheckResult::problem)
                .containsExactly("V_470_B.sql waits for ms-1 (4.6.0) to go");
    }

    @Test
    void aPlanThatOldServersWouldNotSurviveIsRefusedBeforeAnythingWhereThatIsRequired() {
        bench.with("V_480_A.sql", "ALTER TABLE vm ADD COLUMN old VARCHAR(20) NULL;");
        bench.settings(settings -> settings.withRolling(rolling("ms-2").withMode(RollingMode.REQUIRE)));

        assertThat(bench.refusedFor(FindingCode.ROLLING_IMPOSSIBLE).description())
                .contains("nodes of release 4.6.0", "V_480_A.sql");
        assertThat(columns()).containsExactly("id", "old");
    }

    @Test
    void withRollingUpgradesOffNobodyIsLookedAt() {
        join("4.6.0", "ms-1");
        bench.settings(settings -> settings.withRolling(rolling("ms-2").withMode(RollingMode.OFF)));

        bench.upgrade().upgrade();

        assertThat(columns()).containsExactly("id", "power");
        await().atMost(Duration.ofSeconds(20)).until(() -> !outdated.isEmpty());
    }

    @Test
    void theManagementServersOfACloudStackAreKnownFromItsOwnTable() {
        createMshost();
        mshost(1, "gone", "Down", "4.6.0", "UTC_TIMESTAMP()", "NULL");
        mshost(2, "removed", "Up", "4.6.0", "UTC_TIMESTAMP()", "UTC_TIMESTAMP()");
        mshost(3, "crashed", "Up", "4.6.0", "UTC_TIMESTAMP() - INTERVAL 1 HOUR", "NULL");
        mshost(4, "old", "Up", "4.6.0-SNAPSHOT", "UTC_TIMESTAMP()", "NULL");
        mshost(5, "leaving", "PreparingForMaintenance", "4.6.0", "UTC_TIMESTAMP()", "NULL");
        mshost(6, "never seen", "Up", "4.6.0", "NULL", "NULL");
        mshost(7, "strange", "Up", "trunk", "UTC_TIMESTAMP()", "NULL");

        assertThat(ofCloudStack("me").status().servers())
                .extracting(Node::toString)
                .containsExactly("old (4.6.0)", "leaving (4.6.0)", "never seen (4.6.0)", "strange (release not known)");
        assertThat(ofCloudStack("4").status().servers()).extracting(Node::name).doesNotContain("old");
        assertThat(ofCloudStack("me").upgrade().deferred()).hasSize(1);
    }

    @Test
    void aManagementServerWhoseClockIsLateLivesAsLongAsItsSignOfLifeMoves() {
        createMshost();
        mshost(1, "late", "Up", "4.6.0", "UTC_TIMESTAMP() - INTERVAL 1 HOUR", "NULL");
        DatabaseUpgrade me = ofCloudStack("me");
        ScheduledExecutorService beating = Executors.newSingleThreadScheduledExecutor();
        beating.scheduleAtFixedRate(
                () -> bench.database().run("UPDATE cloud.mshost SET last_update = last_update + INTERVAL 1 SECOND"),
                0,
                1,
                TimeUnit.SECONDS);
        try {
            assertThat(me.status().servers()).extracting(Node::name).containsExactly("late");
        } finally {
            beating.shutdownNow();
        }
        await().until(beating::isTerminated);

        assertThat(me.status().servers()).isEmpty();
        assertThat(me.status().servers()).isEmpty();
    }

    private void createMshost() {
        bench.database()
                .run("CREATE TABLE cloud.mshost (id BIGINT PRIMARY KEY, msid BIGINT NOT NULL, runid BIGINT, name"
                        + " VARCHAR(255), state VARCHAR(10), version VARCHAR(255), service_ip CHAR(40), service_port INT,"
                        + " last_update DATETIME, removed DATETIME, alert_count INT)");
    }

    /** With the usual times, since the table knows whole seconds. */
    private DatabaseUpgrade ofCloudStack(String name) {
        bench.settings(settings -> settings.withRelease("4.7.0")
                .withRolling(RollingSettings.defaults().withNode(name)));
        return bench.upgrade();
    }

    private void mshost(int id, String name, String state, String version, String updated, String removed) {
        bench.database()
                .run("INSERT INTO cloud.mshost VALUES (%d, %d, 1, '%s', '%s', '%s', '10.0.0.%d', 9090, %s, %s, 0)"
                        .formatted(
                                id,
                                id,
                                name,
                                state.substring(0, Math.min(10, state.length())),
                                version,
                                id,
                                updated,
                                removed));
    }

    private List<String> columns() {
        return bench.database()
                .jdbc()
                .sql(
                        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'cloud' AND table_name = 'vm'"
                                + " ORDER BY ordinal_position")
                .query(String.class)
                .list();
    }

    private DatabaseUpgrade server(String release, String name) {
        bench.settings(settings -> settings.withRelease(release).withRolling(rolling(name)));
        return bench.upgrade();
    }

    private DatabaseUpgrade server(String release, String name, Clock clock) {
        server(release, name);
        return DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .clock(clock)
                .build();
    }

    private NodeMembership join(String release, String name) {
        NodeMembership member = server(release, name).join(ReleaseVersion.of(release), outdated::add);
        members.add(member);
        return member;
    }

    private static RollingSettings rolling(String name) {
        return RollingSettings.defaults().withNode(name).withTimes(HEARTBEAT, GONE_AFTER, Duration.ofSeconds(1));
    }
}
