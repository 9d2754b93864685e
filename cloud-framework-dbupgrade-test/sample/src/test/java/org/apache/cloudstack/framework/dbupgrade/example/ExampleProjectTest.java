package org.apache.cloudstack.framework.dbupgrade.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.test.database.ServerLease;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one test class of the example passes, and finds each fault that is planted into a copy of the example. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleProjectTest {

    private final ExampleReactor reactor = new ExampleReactor(Path.of("target/example"));

    @BeforeAll
    void buildThemAll() throws IOException {
        try (ServerLease lease = TestServers.take("", Duration.ofMinutes(10));
                TestDatabase database = TestDatabase.fresh(lease.server(), "volumes")) {
            ExampleReactor.write(reactor.folder()).build(database.server());
        }
    }

    @Test
    void withoutAFaultAllTestsPass() {
        SurefireReport report = reactor.report();

        assertThat(report.problems()).isEmpty();
        assertThat(report.tests()).isGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource
    void aFaultIsFoundAndNamed(PlantedFault fault) {
        assertThat(reactor.test(fault).problems())
                .anySatisfy(problem -> assertThat(problem).contains(fault.words()));
    }

    @Test
    void theKitDoesNotBringWhatOnlyTheSampleNeeds() {
        String classPath = reactor.report().classPath();

        assertThat(classPath).contains("junit-jupiter-api", "assertj-core", "mysql-connector-j");
        assertThat(classPath).doesNotContain("spring-webmvc", "tomcat", "actuator", "picocli");
    }
}
