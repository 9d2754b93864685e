package org.apache.cloudstack.framework.dbupgrade.test.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is asked for wrongly is an error that says what was found and what to do. */
class UpgradeDatabaseWrongUseTest {

    @Test
    void aReleaseThatIsNotThere() {
        assertThat(EngineRun.of(UnknownRelease.class).failure())
                .hasMessageContaining("'4.9.0'")
                .hasMessageContaining("4.0.0, 4.1.0, 4.2.0")
                .hasMessageContaining("Name one of them, or newest");
    }

    @UpgradeDatabase(at = "4.9.0", locations = Small.MIGRATIONS)
    static class UnknownRelease {
        @Test
        void test(MigratedDatabase database) {
            assertThat(database).isNotNull();
        }
    }

    @Test
    void noMigrations() {
        assertThat(EngineRun.of(NoMigrations.class).failure())
                .hasMessageContaining("No migrations were found in classpath:nowhere")
                .hasMessageContaining("Name the directory");
    }

    @UpgradeDatabase(at = "4.0.0", locations = "classpath:nowhere")
    static class NoMigrations {
        @Test
        void test(MigratedDatabase database) {
            assertThat(database).isNotNull();
        }
    }

    @Test
    void aPlaceWithoutMigrationsThoughNoReleaseIsAskedFor() {
        assertThat(EngineRun.of(EmptyPlace.class).failure())
                .hasMessageContaining("No migrations were found in classpath:nowhere");
    }

    @UpgradeDatabase(locations = "classpath:nowhere")
    static class EmptyPlace {
        @Test
        void test(MigratedDatabase database) {
            assertThat(database).isNotNull();
        }
    }

    @Test
    void aFieldOfAnotherType() {
        assertThat(EngineRun.of(WrongType.class).failure())
                .hasMessageContaining("field WrongType.database")
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("Make it a MigratedDatabase");
    }

    static class WrongType {
        @UpgradeDatabase
        String database = "";

        @Test
        void test() {
            assertThat(database).isNotNull();
        }
    }

    @Test
    void aFinalField() {
        assertThat(EngineRun.of(FinalField.class).failure())
                .hasMessageContaining("field FinalField.database")
                .hasMessageContaining("Take the final away");
    }

    static class FinalField {
        @UpgradeDatabase
        @SuppressWarnings("NullAway")
        final MigratedDatabase database = null;

        @Test
        void test() {
            assertThat(database).isNull();
        }
    }

    @Test
    void aParameterOfAnotherType() {
        assertThat(EngineRun.of(WrongParameter.class).failure())
                .hasStackTraceContaining("parameter database of WrongParameter.test")
                .hasStackTraceContaining("Make it a MigratedDatabase");
    }

    static class WrongParameter {
        @Test
        void test(@UpgradeDatabase String database) {
            assertThat(database).isNotNull();
        }
    }

    @Test
    void aSecondDatabaseOnTheServerOfATest() {
        assertThat(EngineRun.of(TwoFields.class).failure())
                // which field is the first is not said by the language
                .hasMessageMatching(
                        "(?s).*field TwoFields.(newer|older) asks for a second database \\(at 4\\.[01]\\.0 .*")
                .hasMessageMatching("(?s).*field TwoFields.(newer|older) has one \\(at 4\\.[01]\\.0 .*")
                .hasMessageContaining("name another server");
    }

    @UpgradeDatabase(locations = Small.MIGRATIONS)
    static class TwoFields {
        @UpgradeDatabase(at = "4.0.0")
        @SuppressWarnings("NullAway.Init")
        MigratedDatabase older;

        @UpgradeDatabase(at = "4.1.0")
        @SuppressWarnings("NullAway.Init")
        MigratedDatabase newer;

        @Test
        void test() {
            assertThat(older).isNotSameAs(newer);
        }
    }

    @Test
    void aSecondDatabaseBesideThatOfTheClass() {
        assertThat(EngineRun.of(StaticAndMethod.class).failure())
                .hasStackTraceContaining("parameter mine of StaticAndMethod.test asks for a second database")
                .hasStackTraceContaining("field StaticAndMethod.shared has one");
    }

    @UpgradeDatabase(locations = Small.MIGRATIONS)
    static class StaticAndMethod {
        @UpgradeDatabase(at = "4.0.0")
        @SuppressWarnings("NullAway.Init")
        static MigratedDatabase shared;

        @Test
        @UpgradeDatabase(at = "4.1.0")
        void test(MigratedDatabase mine) {
            assertThat(mine).isNotSameAs(shared);
        }
    }

    @Test
    void aServerThatIsNone() {
        assertThat(EngineRun.of(NoServer.class).failure())
                .hasStackTraceContaining("'oracle' names no server")
                .hasStackTraceContaining("mysql:8.4 or mariadb:11.4");
    }

    @UpgradeDatabase(locations = Small.MIGRATIONS, server = "oracle")
    static class NoServer {
        @Test
        void test(MigratedDatabase database) {
            assertThat(database).isNotNull();
        }
    }
}
