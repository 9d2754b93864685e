package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** An application that starts beside servers of other releases. */
class SpringRollingTest extends SpringTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final List<DatabaseOutdatedEvent> outdated = new CopyOnWriteArrayList<>();

    @BeforeEach
    void aColumnThatTheOldReleaseUses() {
        MigrationFolder migrations =
                new MigrationFolder(folder).with("V_400_A.sql", "CREATE TABLE vm (id INT PRIMARY KEY, old INT);");
        server("4.0.0").run(context -> assertThat(context).hasNotFailed());
        migrations.with("V_410_A.sql", "ALTER TABLE vm DROP COLUMN old;");
    }

    @Test
    void whatIsHeldBackIsToldAndRunAsSoonAsTheOldServerIsGone() {
        database.run("INSERT INTO cloud.dbupgrade_node VALUES ('ms-1', 'x', '4.0.0', 'UP', UTC_TIMESTAMP(3),"
                + " UTC_TIMESTAMP(3))");

        server("4.1.0").run(context -> {
            Health health = new DatabaseUpgradeHealthIndicator(
                            context.getBean(DatabaseUpgrade.class),
                            DatabaseUpgradeProperties.Mode.UPGRADE,
                            java.time.InstantSource.system())
                    .health();
            assertThat(health).returns(Status.UP, Health::getStatus);
            assertThat(health.getDetails()).containsEntry("heldBack", 1).containsEntry("pending", 0);
            assertThat(new DatabaseUpgradeEndpoint(context.getBean(DatabaseUpgrade.class)).database())
                    .satisfies(told -> assertThat(told.deferred())
                            .containsExactly(new DatabaseUpgradeEndpoint.HeldBack(
                                    "V_410_A.sql", "waits for ms-1 (4.0.0) to go")))
                    .satisfies(told -> assertThat(told.servers()).contains("ms-1 (4.0.0)"));
            assertThat(hasColumn()).isTrue();

            database.run("UPDATE cloud.dbupgrade_node SET state = 'DOWN' WHERE name = 'ms-1'");

            await().atMost(LONGEST).until(() -> !hasColumn());
        });
    }

    @Test
    void anApplicationCountsFromItsStartToItsEnd() {
        server("4.1.0").run(context -> {
            assertThat(context.getBean(DatabaseUpgrade.class).status().servers())
                    .isEmpty();
            assertThat(state()).isEqualTo("UP 4.1.0");
        });

        assertThat(state()).isEqualTo("DOWN 4.1.0");
    }

    @Test
    void oneThatIsLeftBehindIsClosed() {
        server("4.1.0").run(context -> {
            database.run("UPDATE cloud.dbupgrade_contracted SET release_version = '4.2.0'");

            await().atMost(LONGEST)
                    .until(() -> !context.getSourceApplicationContext().isActive());
            assertThat(outdated).hasSize(1);
        });
    }

    @Test
    void oneThatIsLeftBehindIsOnlyToldSoWhereItWantsToGoOn() {
        server("4.1.0")
                .withPropertyValues("cloud.dbupgrade.stop-when-outdated=false")
                .run(context -> {
                    database.run("UPDATE cloud.dbupgrade_contracted SET release_version = '4.2.0'");

                    await().atMost(LONGEST).until(() -> !outdated.isEmpty());
                    assertThat(context.getSourceApplicationContext().isActive()).isTrue();
                });
    }

    @Test
    void anApplicationMayKnowServersByItself() {
        server("4.1.0").withBean(OwnList.class, OwnList::new).run(context -> assertThat(
                        context.getBean(DatabaseUpgrade.class).status().deferred())
                .extracting(step -> step.deferredUntil())
                .containsExactly("waits for elsewhere (release not known) to go"));
    }

    @Test
    void whatIsForTheBackgroundIsRunWhenTheApplicationIsUp() {
        server("4.1.0").withBean("V_410_B__mark", Mark.class, Mark::new).run(context -> {
            Health health = new DatabaseUpgradeHealthIndicator(
                            context.getBean(DatabaseUpgrade.class),
                            DatabaseUpgradeProperties.Mode.UPGRADE,
                            java.time.InstantSource.system())
                    .health();
            assertThat(health).returns(Status.UP, Health::getStatus);
            assertThat(context.getBean(DatabaseUpgradeInitializer.class)
                            .report()
                            .orElseThrow()
                            .deferred())
                    .extracting(step -> step.migration().script())
                    .containsExactly("V_410_B__mark");

            await().atMost(LONGEST)
                    .until(() -> database.count("cloud.vm") == 1
                            && context.getBean(DatabaseUpgrade.class).status().isUpToDate());
        });
    }

    @Test
    void anApplicationMayRunItBeforeItStarts() {
        server("4.1.0")
                .withPropertyValues("cloud.dbupgrade.background=false")
                .withBean("V_410_B__mark", Mark.class, Mark::new)
                .run(context -> assertThat(database.count("cloud.vm")).isEqualTo(1));
    }

    @MigrationOptions(revision = "1", phase = "migrate", writes = "vm.id", background = true)
    static final class Mark implements JavaMigration {

        @Override
        public void migrate(MigrationContext migration) {
            migration.jdbc().sql("INSERT INTO vm (id) VALUES (7)").update();
        }
    }

    static final class OwnList implements org.apache.cloudstack.framework.dbupgrade.cluster.NodeRegistry {

        @Override
        public List<Node> live(java.sql.Connection connection, String self) {
            return List.of(new Node("elsewhere", java.util.Optional.empty()));
        }
    }

    private boolean hasColumn() {
        return !database.rows(
                        "SELECT 1 FROM information_schema.columns WHERE table_schema = 'cloud' AND table_name = 'vm'"
                                + " AND column_name = 'old'")
                .isEmpty();
    }

    private String state() {
        return database.jdbc()
                .sql("SELECT CONCAT(state, ' ', release_version) FROM cloud.dbupgrade_node WHERE name = 'me'")
                .query(String.class)
                .single();
    }

    private ApplicationContextRunner server(String release) {
        return application("filesystem:" + folder)
                .withBean(Listener.class, () -> new Listener(outdated))
                .withPropertyValues(
                        "cloud.dbupgrade.release=" + release,
                        "cloud.dbupgrade.node=me",
                        "cloud.dbupgrade.heartbeat=100ms",
                        "cloud.dbupgrade.deferred-interval=200ms");
    }

    private record Listener(List<DatabaseOutdatedEvent> outdated)
            implements ApplicationListener<PayloadApplicationEvent<DatabaseOutdatedEvent>> {

        @Override
        public void onApplicationEvent(PayloadApplicationEvent<DatabaseOutdatedEvent> event) {
            outdated.add(event.getPayload());
        }
    }
}
