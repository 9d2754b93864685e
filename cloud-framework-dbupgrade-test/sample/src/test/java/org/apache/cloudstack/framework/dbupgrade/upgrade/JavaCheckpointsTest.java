package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java migration goes on after the checkpoints that it set, each of them committed with its data. */
@UpgradeDatabase
class JavaCheckpointsTest {

    private static final int ROWS = 10;

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_400_A.sql", "CREATE TABLE a (id INT);");
    }

    @Test
    void eachRowIsWrittenOnceHoweverOftenItFails() {
        for (int failures = 0; failures < ROWS; failures++) {
            int last = failures;
            assertThatThrownBy(() -> upgrade(context -> insertRowsUpTo(context, last)))
                    .isInstanceOf(UpgradeFailedException.class)
                    .hasMessageContaining("it goes on after its checkpoints");
        }

        upgrade(context -> insertRowsUpTo(context, ROWS));

        assertThat(ids()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(bench.database().count("cloud.dbupgrade_checkpoint")).isZero();
    }

    @Test
    void whatWasChangedBehindTheLastCheckpointIsUndone() {
        assertThatThrownBy(() -> upgrade(context -> {
                    context.jdbc().sql("INSERT INTO a VALUES (1)").update();
                    context.checkpoint("first");
                    context.jdbc().sql("INSERT INTO a VALUES (2)").update();
                    throw new IllegalStateException("no more");
                }))
                .isInstanceOf(UpgradeFailedException.class);

        assertThat(ids()).containsExactly(1);
        upgrade(context -> {
            assertThat(context.checkpointed("first")).contains("");
            assertThat(context.checkpointed("second")).isEmpty();
            context.jdbc().sql("INSERT INTO a VALUES (3)").update();
        });
        assertThat(ids()).containsExactly(1, 3);
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> upgrade(context -> context.checkpoint("k".repeat(MigrationContext.KEY_LIMIT + 1))))
                .isInstanceOf(UpgradeFailedException.class)
                .hasMessageContaining("A checkpoint has a key of 1 to 190 characters");
    }

    private static void insertRowsUpTo(MigrationContext context, int last) throws Exception {
        int next = context.checkpointed("row").map(Integer::parseInt).orElse(-1) + 1;
        for (int id = next; id < ROWS; id++) {
            context.jdbc().sql("INSERT INTO a VALUES (?)").param(id).update();
            context.checkpoint("row", Integer.toString(id));
            if (id == last) {
                throw new IllegalStateException("stopped after row " + id);
            }
        }
    }

    private void upgrade(JavaMigration migration) {
        DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .javaMigrations(Map.of("V_4_1_0_A", new Rewritten(migration)))
                .build()
                .upgrade();
    }

    /** The same migration, whatever it does: as an author mends it between two starts. */
    @org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions(revision = "1")
    private record Rewritten(JavaMigration content) implements JavaMigration {
        @Override
        public void migrate(MigrationContext context) throws Exception {
            content.migrate(context);
        }
    }

    private List<Integer> ids() {
        return bench.database()
                .jdbc()
                .sql("SELECT id FROM cloud.a ORDER BY id")
                .query(Integer.class)
                .list();
    }
}
