package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.FailureCause;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DuplicateKeyException;

/** What the operator reads when a Java migration throws. */
@UpgradeDatabase
class FailureReportOfJavaTest {

    private static final String SECRET = "Pa55word";
    private static final String GO_ON =
            " Then start again: it starts from the beginning. To go back, restore the backup taken before the upgrade.";

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE vm (name CHAR(9) PRIMARY KEY); INSERT INTO vm VALUES ('Pa55word');");
    }

    @Test
    void anErrorOfTheServerIsToldWithoutTheSqlThatSpringQuotes() {
        ToldFailure failure = failureOf(new WithServerError());

        assertThat(failure.finding().problem())
                .matches("V_410_A failed in FailureReportOfJavaTest.java, line \\d+\\."
                        + " What it changed since its last commit is rolled back\\.");
        assertThat(failure.finding().evidence())
                .matches(
                        "error 1062, SQL state 23000: Duplicate entry '…' for key '(vm\\.)?PRIMARY'\\. Usual cause: .*")
                .endsWith(FailureCause.ROW_THERE.cause());
        assertThat(failure.finding().remedy()).isEqualTo(FailureCause.ROW_THERE.cure() + GO_ON);
        assertThat(failure.everything(bench))
                .contains(DuplicateKeyException.class.getName())
                .doesNotContain(SECRET);
    }

    @Test
    void anExceptionOfItsOwnIsToldWithItsWords() {
        ToldFailure failure = failureOf(new WithOwnException());

        assertThat(failure.finding().evidence()).isEqualTo("java.lang.IllegalStateException: host 7 has no pool");
        assertThat(failure.finding().remedy()).isEqualTo("Fix the cause." + GO_ON);
        assertThat(failure.exception()).hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExceptionOfItsOwnAroundAnErrorOfTheServerKeepsItsWords() {
        ToldFailure failure = failureOf(new WithBoth());

        assertThat(failure.finding().evidence())
                .startsWith(
                        "java.lang.IllegalStateException: host 7 is twice there; error 1062, SQL state 23000: Duplicate"
                                + " entry '…' for key ")
                .endsWith(FailureCause.ROW_THERE.cause());
        assertThat(failure.everything(bench)).contains("host 7 is twice there").doesNotContain(SECRET);
    }

    private ToldFailure failureOf(JavaMigration migration) {
        return ToldFailure.of(DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .javaMigrations(Map.of("V_410_A", migration))
                .build());
    }

    private static void insertTwice(MigrationContext context) {
        context.jdbc().sql("INSERT INTO vm VALUES ('Pa55word') /* Pa55word */").update();
    }

    static final class WithServerError implements JavaMigration {
        @Override
        public void migrate(MigrationContext context) {
            insertTwice(context);
        }
    }

    static final class WithOwnException implements JavaMigration {
        @Override
        public void migrate(MigrationContext context) {
            throw new IllegalStateException("host 7 has no pool");
        }
    }

    static final class WithBoth implements JavaMigration {
        @Override
        public void migrate(MigrationContext context) {
            try {
                insertTwice(context);
            } catch (DuplicateKeyException e) {
                throw new IllegalStateException("host 7 is twice there", e);
            }
        }
    }
}
