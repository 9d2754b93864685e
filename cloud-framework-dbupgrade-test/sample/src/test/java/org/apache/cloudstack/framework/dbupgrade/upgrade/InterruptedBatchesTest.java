package org.apache.cloudstack.framework.dbupgrade.upgrade;

import java.nio.file.Path;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.batch.BatchedMigration;
import org.apache.cloudstack.framework.dbupgrade.batch.Batches;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.Interruptions;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration that walks a table in batches, killed or struck inside one, ends as one that nobody disturbed. */
@UpgradeDatabase
class InterruptedBatchesTest {

    private static final int MOMENTS = Integer.getInteger("dbupgrade.interruption.moments", 24);

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_400_A.sql", """
                        CREATE TABLE ten (n INT);
                        INSERT INTO ten VALUES (1), (1), (1), (1), (1), (1), (1), (1), (1), (1);
                        CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, n INT NOT NULL);
                        INSERT INTO a (n) SELECT 0 FROM ten b, ten c, ten d, ten e LIMIT 2000;
                        """);
    }

    @Test
    void eachRowIsChangedOnce() {
        bench.upgrade().upgrade();

        assertResumes(Batches.of("a", "id").run("UPDATE a SET n = n + 1 WHERE id BETWEEN ? AND ?"));
    }

    @Test
    void rowsThatNoRollbackTakesBackAreChangedAgainByABatchThatMayRunTwice() {
        bench.with("V_400_B.sql", "ALTER TABLE a ENGINE = MyISAM;");
        bench.upgrade().upgrade();

        assertResumes(Batches.of("a", "id")
                .run("UPDATE a SET n = id WHERE id BETWEEN ? AND ?")
                .repeatable());
    }

    private void assertResumes(Batches batches) {
        MigratedDatabase database = new MigratedDatabase(
                bench.database(),
                bench.settings(),
                upgrade -> upgrade.javaMigrations(Map.of("V_4_1_0_A", new Walk(batches))));

        Interruptions.sampled(MOMENTS).of(database).assertResumes();
    }

    @MigrationOptions(revision = "1", phase = "migrate")
    private record Walk(Batches batches) implements BatchedMigration {}
}
