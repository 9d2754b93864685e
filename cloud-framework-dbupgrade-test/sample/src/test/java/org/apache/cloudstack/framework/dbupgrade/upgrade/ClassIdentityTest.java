package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which classes are one change: none, unless one says so of another. */
@UpgradeDatabase
class ClassIdentityTest {

    private static final String LINES = """
            4.0.0: {}
            4.0.1: {follows: 4.0.0}
            4.1.0: {follows: 4.0.0}
            4.1.1: {follows: 4.1.0}
            4.2.0: {follows: [4.0.1, 4.1.1]}
            """;

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(80));");
    }

    @Test
    void twoClassesWithOneRevisionBothRun() {
        upgrade(new V_4_0_0_B(), new V_4_0_0_C());

        assertThat(names()).containsExactly("V_4_0_0_B", "V_4_0_0_C");
    }

    @Test
    void aBackportRunsOnceWhereverItIsMetFirst() {
        bench.with("releases.yaml", LINES);
        upgradeTo("4.0.1", new V_4_0_1_A(), new V_4_1_1_A());
        assertThat(names()).containsExactly("V_4_0_1_A");

        upgradeTo("4.2.0", new V_4_0_1_A(), new V_4_1_1_A());

        assertThat(names()).containsExactly("V_4_0_1_A");
    }

    @Test
    void aBackportIsRefusedOutsideOfParallelLines() {
        assertThat(problems(new V_4_0_1_A(), new V_4_1_1_A())).contains("are not in parallel lines");
        assertThat(problems(new V_4_1_1_A())).contains("no migration has that place");

        bench.with("releases.yaml", LINES).with("V_401_A.sql", "INSERT INTO a (name) VALUES ('script');");
        assertThat(problems(new V_4_1_1_A())).contains("which is V_401_A.sql, no class with code");
    }

    @Test
    void aClassThatWasCutKeepsItsChange() {
        upgrade(new V_next_A__fill());

        upgradeTo("4.1.0", new V_4_1_0_A__fill());

        assertThat(names()).containsExactly("V_next_A__fill");
    }

    @Test
    void anotherClassWithTheNameAndRevisionOfOneThatWasCutIsRefused() {
        assertThat(problems(new V_4_1_0_A__fill(), new V_next_A__fill())).contains("another revision");
    }

    private void upgrade(JavaMigration... classes) {
        with(classes).upgrade();
    }

    private void upgradeTo(String release, JavaMigration... classes) {
        bench.settings(settings -> settings.withRelease(release));
        upgrade(classes);
    }

    private String problems(JavaMigration... classes) {
        return with(classes).status().findings().toString();
    }

    private DatabaseUpgrade with(JavaMigration... classes) {
        return DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .javaMigrations(Stream.of(classes)
                        .collect(Collectors.toMap(each -> each.getClass().getSimpleName(), each -> each)))
                .build();
    }

    private List<String> names() {
        return bench.database()
                .jdbc()
                .sql("SELECT name FROM cloud.a ORDER BY id")
                .query(String.class)
                .list();
    }

    /** Writes its name. */
    interface Named extends JavaMigration {

        @Override
        default void migrate(MigrationContext context) throws Exception {
            context.jdbc()
                    .sql("INSERT INTO a (name) VALUES (?)")
                    .param(getClass().getSimpleName())
                    .update();
        }
    }

    @MigrationOptions(revision = "1")
    static final class V_4_0_0_B implements Named {}

    @MigrationOptions(revision = "1")
    static final class V_4_0_0_C implements Named {}

    @MigrationOptions(revision = "1", reason = "for a test")
    static final class V_4_0_1_A implements Named {}

    @MigrationOptions(sameAs = "4.0.1_A", reason = "for a test")
    static final class V_4_1_1_A implements Named {}

    @MigrationOptions(revision = "1")
    static final class V_next_A__fill implements Named {}

    @MigrationOptions(revision = "1", cutFrom = "next_A__fill")
    static final class V_4_1_0_A__fill implements Named {}
}
