package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The snippets of README and the guide are one application, which works when they are taken in their order and as they are printed. */
class ReadmeChainTest {

    @TempDir
    Path classes;

    private URLClassLoader loader;

    @BeforeEach
    void build() throws IOException {
        for (Markdown page : Handbook.application()) {
            for (Snippet snippet : page.filesIn("src/")) {
                snippet.buildInto(classes);
            }
        }
        loader = new ApplicationLoader(classes.toUri().toURL());
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    @Test
    void itsTestPasses() throws ClassNotFoundException {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(loader.loadClass("com.example.CustomerUpgradeTest")))
                .execute()
                .testEvents()
                .assertStatistics(events -> events.succeeded(6).failed(0).skipped(0));
    }

    @Test
    void itGoesFromOneReleaseToTheNext() {
        try (TestDatabase shop = TestDatabase.fresh(TestServers.shared(), "shop")) {
            upgrade(shop, UpgradeSettings.defaults().withRelease("1.0.0"), List.of())
                    .upgrade();
            shop.run("INSERT INTO shop.customer (name) VALUES (' Grace ')");

            DatabaseUpgrade next = upgrade(shop, UpgradeSettings.defaults(), List.of());
            next.upgrade();

            assertThat(shop.jdbc()
                            .sql("SELECT CONCAT_WS(',', name, city, state, letters) FROM shop.customer ORDER BY id")
                            .query(String.class)
                            .list())
                    .containsExactly("Ada,London,active,3", "Grace,London,active,5");
            assertThat(shop.count("shop.customer_names")).isEqualTo(2);
            assertThat(next.verify().queriesRun()).isOne();
            assertThat(next.verify().rowsFound()).isEmpty();
        }
    }

    @Test
    void itsCheckStopsAnUpgrade() throws ReflectiveOperationException {
        PreflightCheck check = (PreflightCheck) loader.loadClass("com.example.CustomerCheck")
                .getDeclaredConstructor()
                .newInstance();
        try (TestDatabase shop = TestDatabase.fresh(TestServers.shared(), "shop")) {
            upgrade(shop, UpgradeSettings.defaults().withRelease("1.0.0"), List.of(check))
                    .upgrade();
            shop.run("INSERT INTO shop.customer (name) VALUES ('')");

            assertRefused(upgrade(shop, UpgradeSettings.defaults(), List.of(check))::upgrade)
                    .because(FindingCode.PREFLIGHT_STOP);
        }
    }

    private DatabaseUpgrade upgrade(TestDatabase shop, UpgradeSettings settings, List<PreflightCheck> checks) {
        return DatabaseUpgrade.of(shop.dataSource())
                .settings(settings.withSchemas("shop"))
                .classLoader(loader)
                .checks(checks)
                .build();
    }

    /** Finds the configuration of the application alone, and not that of these tests. */
    private static final class ApplicationLoader extends URLClassLoader {

        ApplicationLoader(URL classes) {
            super(new URL[] {classes}, ReadmeChainTest.class.getClassLoader());
        }

        @Override
        public @Nullable URL getResource(String name) {
            return name.contains("application.") ? findResource(name) : super.getResource(name);
        }
    }
}
