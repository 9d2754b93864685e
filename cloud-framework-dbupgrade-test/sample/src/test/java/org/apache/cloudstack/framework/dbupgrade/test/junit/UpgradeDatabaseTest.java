package org.apache.cloudstack.framework.dbupgrade.test.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a database comes to, and at which release it is. */
@UpgradeDatabase(at = "4.1.0", locations = Small.MIGRATIONS)
class UpgradeDatabaseTest {

    @UpgradeDatabase
    @SuppressWarnings("NullAway.Init")
    private MigratedDatabase database;

    @Test
    void aFieldHasWhatTheClassSays() {
        assertRelease(database, "4.1.0");
    }

    @Test
    @UpgradeDatabase(at = "4.0.0")
    void theMethodSaysItOverTheClass() {
        assertRelease(database, "4.0.0");
    }

    @Test
    @UpgradeDatabase(at = "newest")
    void newestIsTheNewestRelease() {
        assertRelease(database, "4.2.0");
    }

    @Test
    @UpgradeDatabase(scripts = Small.ONE_VM)
    void scriptsRunAtTheRelease() {
        assertThat(database.server().count("cloud.vm")).isEqualTo(2);
    }

    @Test
    void aParameterIsTheSameDatabaseAsTheField(MigratedDatabase parameter) {
        assertThat(parameter).isSameAs(database);
    }

    @RepeatedTest(2)
    void eachRepetitionHasItAnew() {
        addOneVm(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void eachArgumentHasItAnew(String name, MigratedDatabase parameter) {
        addOneVm(parameter);
        assertThat(name).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> dynamicTestsHaveThatOfTheirFactory(MigratedDatabase parameter) {
        return Stream.of("4.1.0", "4.2.0")
                .map(release -> DynamicTest.dynamicTest(release, () -> {
                    parameter.upgrade(release);
                    assertRelease(parameter, release);
                }));
    }

    @Nested
    class Inside {

        @Test
        void theFieldAroundIsFilled() {
            assertRelease(database, "4.1.0");
            addOneVm(database);
        }

        @Nested
        @UpgradeDatabase(at = "4.0.0")
        class Deeper {
            @Test
            void theInnermostClassSaysIt() {
                assertRelease(database, "4.0.0");
            }
        }
    }

    @Nested
    class WithAConstructor {

        private final MigratedDatabase own;

        WithAConstructor(MigratedDatabase own) {
            this.own = own;
        }

        @BeforeEach
        void isThere() {
            assertRelease(own, "4.1.0");
        }

        @Test
        void eachTestHasItAnew() {
            addOneVm(own);
            assertThat(own).isSameAs(database);
        }

        @Test
        void eachOtherTestToo() {
            addOneVm(own);
        }
    }

    @UpgradeDatabase(locations = Small.MIGRATIONS, at = "4.0.0")
    abstract static class Base {
        @SuppressWarnings("NullAway.Init")
        protected MigratedDatabase inherited;
    }

    @Nested
    class Heir extends Base {
        @Test
        void aFieldOfASuperclassIsFilled() {
            assertRelease(inherited, "4.0.0");
        }
    }

    private static void addOneVm(MigratedDatabase database) {
        database.run("INSERT INTO cloud.vm (name) VALUES ('mine')");
        assertThat(database.jdbc()
                        .sql("SELECT id FROM cloud.vm")
                        .query(Long.class)
                        .list())
                .containsExactly(1L, 2L);
    }

    static void assertRelease(MigratedDatabase database, String release) {
        assertThat(database.toNewest().status().database())
                .map(Object::toString)
                .contains(release);
    }

    /** One database for all tests of a class. */
    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OneForAll {

        @Test
        void aStaticFieldKeepsWhatTestsDo() {
            EngineRun.of(Kept.class).assertPassed(2);
        }

        @Test
        void soDoesAParameterOfBeforeAll() {
            EngineRun.of(KeptPerClass.class).assertPassed(2);
        }
    }

    static class Kept {

        @UpgradeDatabase(at = "4.0.0", locations = Small.MIGRATIONS, server = "mariadb:10.11")
        @SuppressWarnings("NullAway.Init")
        private static MigratedDatabase database;

        private static int tests;

        @BeforeAll
        static void start() {
            tests = 0;
            assertRelease(database, "4.0.0");
        }

        @RepeatedTest(2)
        void more(TestInfo test) {
            assertThat(test.getDisplayName()).isNotEmpty();
            database.run("INSERT INTO cloud.vm (name) VALUES ('mine')");
            assertThat(database.server().count("cloud.vm")).isEqualTo(1 + ++tests);
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    @UpgradeDatabase(at = "4.0.0", locations = Small.MIGRATIONS, server = "mariadb:10.11")
    static class KeptPerClass {

        @SuppressWarnings("NullAway.Init")
        private MigratedDatabase mine;

        @BeforeAll
        void upgrade(MigratedDatabase database) {
            database.upgrade();
        }

        @Test
        void isUpgraded() {
            assertRelease(mine, "4.2.0");
        }

        @Test
        void isUpgradedToo(MigratedDatabase same) {
            assertThat(same).isSameAs(mine);
            assertRelease(same, "4.2.0");
        }
    }
}
