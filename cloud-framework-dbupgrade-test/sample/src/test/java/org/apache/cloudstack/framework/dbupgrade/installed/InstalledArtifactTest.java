package org.apache.cloudstack.framework.dbupgrade.installed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.docs.Handbook;
import org.apache.cloudstack.framework.dbupgrade.docs.Markdown;
import org.apache.cloudstack.framework.dbupgrade.docs.Snippet;
import org.apache.cloudstack.framework.dbupgrade.test.database.ServerLease;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What README and the guide promise holds for an application that is built from what {@code mvn install} has installed, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledArtifactTest {

    private static final Markdown FIVE_MINUTES = Handbook.readme().chapter("Five minutes in an application");
    private static final Markdown KIT = Handbook.page("guide/testing.md");

    private final Path folder = Path.of("target/installed-application").toAbsolutePath();
    private final MavenBuild build =
            new MavenBuild(folder, InstalledProject.get().repository());
    private ServerLease lease;
    private TestDatabase database;
    private ShopApplication shop;

    @BeforeAll
    void takeServer() throws IOException {
        lease = TestServers.take("", Duration.ofMinutes(10));
        database = TestDatabase.fresh(lease.server(), "shop");
        shop = ShopApplication.empty(folder, lease.server());
    }

    @AfterAll
    void giveServerBack() {
        database.close();
        lease.close();
    }

    @Test
    @Order(1)
    void afterFiveMinutesTheFirstStartInstallsAndTheSecondHasNothingToDo() throws IOException {
        shop.dependOn(dependencies(FIVE_MINUTES));
        shop.add(FIVE_MINUTES);
        build.run("package", "-DskipTests");

        assertThat(shop.start())
                .contains(
                        "from nothing to release 1.0.0: 1 migration to run", "[1/1] 1.0.0 A  install  2 statements in ")
                .contains("The database was freshly installed at 1.0.0: 1 migration in ");
        assertThat(shop.start()).contains("The database is at release 1.0.0; nothing is pending.");
        assertThat(names()).containsExactly("Ada");
    }

    @Test
    @Order(2)
    void theOtherSnippetsUpgradeIt() throws IOException {
        shop.dependOn(
                List.of(dependencies(FIVE_MINUTES).get(0), dependencies(KIT).get(0)));
        for (Markdown page : Handbook.application()) {
            shop.add(page);
        }
        build.run("package", "-DskipTests");

        assertThat(shop.start()).contains("The database was upgraded from 1.0.0 to 1.1.0: ");
        assertThat(shop.start()).contains("The database is at release 1.1.0; nothing is pending.");
        assertThat(database.jdbc()
                        .sql("SELECT CONCAT_WS(',', name, city, state, letters) FROM shop.customer")
                        .query(String.class)
                        .single())
                .isEqualTo("Ada,London,active,3");
    }

    @Test
    @Order(3)
    void itsTestPasses() throws IOException {
        assertThat(build.runOn(lease.server(), "surefire:test"))
                .contains("Tests run: 6, Failures: 0, Errors: 0, Skipped: 0");
    }

    private List<String> names() {
        return database.jdbc()
                .sql("SELECT name FROM shop.customer")
                .query(String.class)
                .list();
    }

    private static List<Snippet> dependencies(Markdown part) {
        return part.snippets("xml").stream()
                .filter(snippet -> snippet.text().contains("<artifactId>cloud-framework-dbupgrade"))
                .toList();
    }
}
