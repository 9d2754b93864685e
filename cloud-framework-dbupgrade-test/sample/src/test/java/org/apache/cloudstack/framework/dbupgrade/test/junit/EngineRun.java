package org.apache.cloudstack.framework.dbupgrade.test.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs test classes as an engine of their own does. */
final class EngineRun {

    private final EngineExecutionResults results;

    private EngineRun(EngineExecutionResults results) {
        this.results = results;
    }

    static EngineRun of(Class<?>... classes) {
        return of(Map.of(), classes);
    }

    static EngineRun of(Map<String, String> parameters, Class<?>... classes) {
        return new EngineRun(EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(Stream.of(classes).map(each -> selectClass(each)).toArray(ClassSelector[]::new))
                .execute());
    }

    /** So many tests ran, and all of them passed. */
    void assertPassed(long tests) {
        failures().stream().findFirst().ifPresent(failure -> {
            throw new AssertionError("One of them failed: " + failure, failure);
        });
        assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
    }

    /** The one failure, of a test or a class. */
    Throwable failure() {
        assertThat(failures()).hasSize(1);
        return failures().get(0);
    }

    private List<Throwable> failures() {
        return results.allEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }
}
