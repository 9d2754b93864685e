package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.SchemaMigration;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;
import org.apache.cloudstack.framework.dbupgrade.schema.Column;
import org.apache.cloudstack.framework.dbupgrade.schema.DataTypes;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;
import org.apache.cloudstack.framework.dbupgrade.spring.injected.Greeting;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class SpringMigrationBeansTest extends SpringTest {

    private static final String ROOM = "classpath:org/apache/cloudstack/framework/dbupgrade/spring/";

    @Test
    void injectsBeansIntoTheConstructorOfAMigration() {
        application(LINE, ROOM + "injected")
                .withBean(Greeting.class, () -> new Greeting("hello"))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(database.rows("SELECT name FROM cloud.vm")).first().hasToString("{name=hello}");
    }

    @Test
    void runsAMigrationThatIsABeanUnderTheNameOfTheBean() {
        application(LINE)
                .withBean("V_410_2__rename", Renaming.class, Renaming::new)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(database.rows("SELECT name FROM cloud.vm")).first().hasToString("{name=renamed}");
    }

    @Test
    void runsWhatABeanStates() {
        application(LINE).withBean("V_410_2__city", Cities.class, Cities::new).run(context -> assertThat(context)
                .hasNotFailed());

        assertThat(database.rows("SELECT city FROM cloud.vm")).isNotEmpty();
    }

    @Test
    void asksAPreflightCheckThatIsABean() {
        application(LINE).withBean(NoFriday.class).run(context -> assertThat(
                        analysis(context).getDescription())
                .contains("The check 'weekday' stops the upgrade: it is Friday."));
    }

    @Test
    void explainsThatAMigrationBeanCannotUseAClientBean() {
        application(LINE).withBean("V_410_2__greedy", Greedy.class).run(context -> assertThat(tooEarly(context))
                .contains("Beans that are Java migrations"));
    }

    @Test
    void explainsThatACheckBeanCannotUseAClientBean() {
        application(LINE).withBean(GreedyCheck.class).run(context -> assertThat(tooEarly(context))
                .contains("Beans that are preflight checks"));
    }

    @Test
    void explainsThatAnInjectedMigrationCannotUseAClientBean() {
        application(LINE, ROOM + "greedy").run(context -> {
            assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(TooEarlyException.class);
            assertThat(analysis(context).getDescription())
                    .contains(
                            "2 migrations were completed",
                            "V_410_B__greedy failed",
                            "a bean that waits for the upgrade");
        });
    }

    @Test
    void goesOnAfterTheBeansOfAMigrationAreMended() {
        application(LINE, ROOM + "injected").run(context -> assertThat(context.getStartupFailure())
                .hasStackTraceContaining("Greeting")
                .hasStackTraceContaining(UpgradeFailedException.class.getName()));

        injectsBeansIntoTheConstructorOfAMigration();
    }

    private static String tooEarly(AssertableApplicationContext context) {
        assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(TooEarlyException.class);
        Throwable cause = Objects.requireNonNull(context.getStartupFailure());
        while (!(cause instanceof TooEarlyException early)) {
            cause = Objects.requireNonNull(cause.getCause());
        }
        return early.analysis().getDescription();
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        return Objects.requireNonNull(
                new DatabaseUpgradeFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure())));
    }

    static class Renaming implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) {
            context.jdbc().sql("UPDATE vm SET name = 'renamed'").update();
        }
    }

    static class Cities implements SchemaMigration {

        @Override
        public void change(Schema schema) {
            schema.table("vm").add(Column.column("city", DataTypes.varchar(100)).nullable());
        }
    }

    static class Greedy extends Renaming {

        final JdbcClient jdbc;

        Greedy(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }
    }

    static class NoFriday implements PreflightCheck {

        @Override
        public String name() {
            return "weekday";
        }

        @Override
        public List<CheckResult> check(PreflightContext context) {
            return List.of(CheckResult.stop("it is Friday", "Wait until Monday."));
        }
    }

    static class GreedyCheck extends NoFriday {

        final JdbcClient jdbc;

        GreedyCheck(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }
    }
}
