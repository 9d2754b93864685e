package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of one text are one change in parallel lines, and several where one release contains the other. */
@UpgradeDatabase
class EqualContentTest {

    private static final String ADD = "ALTER TABLE t ADD COLUMN a INT;";
    private static final String DROP = "ALTER TABLE t DROP COLUMN a;";
    private static final String COUNT = "UPDATE t SET n = n + 1;";
    private static final String THREE_LINES = """
            1.0.0: {}
            1.0.1: {follows: 1.0.0}
            1.1.0: {follows: 1.0.0}
            1.1.1: {follows: 1.1.0}
            1.2.0: {follows: 1.1.0}
            1.3.0: {follows: [1.0.1, 1.1.1, 1.2.0]}
            """;

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_1.0.0_A.sql", "CREATE TABLE t (id INT PRIMARY KEY, n INT); INSERT INTO t VALUES (1, 0);");
    }

    @Test
    void aColumnIsAddedAgainByTheSameText() {
        bench.with("V_1.1.0_A.sql", ADD).with("V_1.2.0_A.sql", DROP).with("V_1.3.0_A.sql", ADD);

        to("1.1.0");
        bench.scriptsRun();

        assertThat(columns()).containsExactly("id", "n", "a");
    }

    @Test
    void theSameTextRunsAsOftenAsOneReleaseBringsIt() {
        bench.with("V_1.1.0_A.sql", COUNT).with("V_1.1.0_B.sql", ADD).with("V_1.1.0_C.sql", COUNT);

        assertThat(bench.scriptsRun()).hasSize(4);
        assertThat(bench.value(Integer.class, "SELECT n FROM cloud.t")).isEqualTo(2);
    }

    @Test
    void aChangeThatTwoLinesGotBackportedRunsOnceWhereTheyAreJoined() {
        bench.with("releases.yaml", THREE_LINES)
                .with("V_1.0.1_A.sql", patch(COUNT))
                .with("V_1.1.1_A.sql", patch(COUNT))
                .with("V_1.2.0_A.sql", COUNT);
        to("1.1.1");

        to("1.3.0");

        assertThat(bench.value(Integer.class, "SELECT n FROM cloud.t")).isEqualTo(1);
    }

    @Test
    void aReleaseThatJoinsLinesBringsTheChangeForTheLineThatLacksIt() {
        bench.with("releases.yaml", """
                        1.0.0: {}
                        1.0.1: {follows: 1.0.0}
                        1.1.0: {follows: 1.0.0}
                        1.1.1: {follows: [1.0.1, 1.1.0]}
                        """)
                .with("V_1.0.1_A.sql", patch("ALTER TABLE t ADD INDEX i (n);"))
                .with("V_1.1.1_A.sql", patch("ALTER TABLE t ADD INDEX i (n);"));

        assertThat(bench.scriptsRun()).containsExactly("V_1.0.0_A.sql", "V_1.0.1_A.sql");
    }

    @Test
    void whatRanBeforeItsReleaseWasCutIsOnlyRecorded() {
        bench.with("V_1.1.0_A.sql", COUNT)
                .with("V_next_A.sql", DROP.replace(" a", " n") + ADD)
                .with("V_next_B.sql", COUNT.replace("n", "a"));
        bench.scriptsRun();

        bench.without("V_next_A.sql").without("V_next_B.sql");
        bench.with("V_1.2.0_A.sql", DROP.replace(" a", " n") + ADD).with("V_1.2.0_B.sql", COUNT.replace("n", "a"));

        assertThat(bench.scriptsRun()).isEmpty();
    }

    @Test
    void theSecondTimeIsMissedByAReleaseThatHasOnlyTheFirst() {
        bench.with("releases.yaml", """
                        1.0.0: {}
                        1.0.1: {follows: 1.0.0}
                        1.0.2: {follows: 1.0.1}
                        1.1.0: {follows: 1.0.1}
                        """).with("V_1.0.1_A.sql", patch(COUNT)).with("V_1.0.2_A.sql", patch(COUNT));
        to("1.0.2");
        bench.settings(settings -> settings.withRelease("1.1.0"));

        assertThat(bench.refusedFor(FindingCode.CHANGE_NOT_IN_TARGET).problem()).contains("V_1.0.2_A.sql");
    }

    @Test
    void theSecondCopyIsShownAsAlreadyApplied() {
        bench.with("releases.yaml", THREE_LINES)
                .with("V_1.0.1_A.sql", patch("DROP TABLE t;"))
                .with("V_1.1.1_A.sql", patch("DROP TABLE t;"));

        bench.settings(settings -> settings.withRelease("1.3.0"));

        List<Step> plan = bench.upgrade().status().pending();

        assertThat(plan).extracting(Step::action).containsExactly(Action.RUN, Action.RUN, Action.ALREADY_APPLIED);
    }

    private static String patch(String sql) {
        return "-- dbupgrade: reason=for a test\n" + sql;
    }

    private void to(String release) {
        bench.settings(settings -> settings.withRelease(release));
        bench.scriptsRun();
        bench.settings(settings -> settings);
    }

    private List<String> columns() {
        return bench.database()
                .jdbc()
                .sql("SELECT column_name FROM information_schema.columns WHERE table_schema = 'cloud'"
                        + " AND table_name = 't' ORDER BY ordinal_position")
                .query(String.class)
                .list();
    }
}
