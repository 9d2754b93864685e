package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTools;
import org.apache.cloudstack.framework.dbupgrade.schema.CopyTool;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;

/** A table that the server would copy to change it, and upgrades that ask for the executable which copies it instead. */
final class CopiedTable {

    static final String PROGRAM = CopyTool.PT_ONLINE_SCHEMA_CHANGE.program();
    static final String HEAD = "-- dbupgrade: copy-with=" + PROGRAM + "\n";
    static final String CHANGE =
            "MODIFY n BIGINT NOT NULL DEFAULT 0, MODIFY name VARCHAR(300) NULL COMMENT 'größer;\"it''s\"',"
                    + " ADD city VARCHAR(20) NOT NULL DEFAULT 'nowhere', ADD KEY i_city (city)";

    private final Collection<UpgradeEvent> events = new ConcurrentLinkedQueue<>();
    private final Workbench bench;

    private CopiedTable(Workbench bench) {
        this.bench = bench;
    }

    /** Whether the executable is on the PATH. */
    static boolean canBeCopied() {
        return DumpTools.onPath().folders().stream().anyMatch(each -> Files.isExecutable(each.resolve(PROGRAM)));
    }

    /** Makes it by an upgrade, without rows. */
    static CopiedTable in(MigratedDatabase database, Path folder) {
        Workbench bench = new Workbench(folder, database)
                .settings(settings -> settings.withProgressInterval(Duration.ZERO)
                        .withWaits(settings.waits().withLocks(Duration.ofSeconds(1), Duration.ofSeconds(60))))
                .with(
                        "V_400_A.sql",
                        "CREATE TABLE large (id BIGINT AUTO_INCREMENT PRIMARY KEY, n INT NOT NULL DEFAULT 0,"
                                + " hits INT NOT NULL DEFAULT 0, name VARCHAR(40) NOT NULL DEFAULT 'a row of a large table');");
        bench.upgrade().upgrade();
        return new CopiedTable(bench);
    }

    Collection<UpgradeEvent> events() {
        return events;
    }

    Workbench bench() {
        return bench;
    }

    void upgrade() {
        upgrade(DatabaseUpgrade.of(bench.database().dataSource()));
    }

    void upgrade(DatabaseUpgradeBuilder builder) {
        builder.settings(bench.settings())
                .listeners(List.of(events::add))
                .build()
                .upgrade();
    }

    List<String> notes() {
        return events.stream()
                .filter(UpgradeEvent.MigrationNoted.class::isInstance)
                .map(event -> ((UpgradeEvent.MigrationNoted) event).text())
                .toList();
    }

    List<Long> progress() {
        return events.stream()
                .filter(event -> event instanceof UpgradeEvent.MigrationProgressed progressed
                        && progressed.unit().startsWith("percent"))
                .map(event -> ((UpgradeEvent.MigrationProgressed) event).done())
                .toList();
    }

    void fill(long rows) {
        bench.database().run("INSERT INTO cloud.large (id) VALUES (1)");
        for (long there = 1; there < rows; there *= 2) {
            bench.database()
                    .run("INSERT INTO cloud.large (id) SELECT id + " + there + " FROM cloud.large WHERE id <= "
                            + (rows - there));
        }
        // whether it is copied in portions depends on how large the server takes it to be
        bench.database().run("ANALYZE TABLE cloud.large");
    }

    String plainDefinition() {
        bench.database().run("CREATE TABLE cloud.plain LIKE cloud.large; ALTER TABLE cloud.plain " + CHANGE);
        String definition = definition("cloud.plain");
        bench.database().run("DROP TABLE cloud.plain");
        return definition;
    }

    String definition(String table) {
        Object text = bench.database().rows("SHOW CREATE TABLE " + table).get(0).get("Create Table");
        return ("" + text).replaceFirst("^[^(]*", "").replaceFirst(" AUTO_INCREMENT=\\d+", "");
    }

    void nothingIsLeft() {
        assertThat(bench.tables()).noneMatch(table -> table.contains("_dbupgrade_"));
        assertThat(bench.database()
                        .rows("SELECT trigger_name FROM information_schema.triggers WHERE trigger_name LIKE 'pt_osc%'"))
                .isEmpty();
    }
}
