package org.apache.cloudstack.framework.dbupgrade.test.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * What JUnit reports a class with paths.
 *
 * @param outcomes what went wrong by name of the test; empty when nothing did
 */
record WalkedPaths(Map<String, String> outcomes) {

    static WalkedPaths of(Class<?> page) {
        return of(page, Map.of());
    }

    static WalkedPaths of(Class<?> page, Map<String, String> parameters) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(selectClass(page))
                .execute()
                .allEvents()
                .finished()
                .stream()
                .forEach(event -> {
                    TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
                    String message =
                            result.getThrowable().map(Throwable::getMessage).orElse("");
                    if (event.getTestDescriptor().isTest() || !message.isEmpty()) {
                        outcomes.put(event.getTestDescriptor().getDisplayName(), message);
                    }
                });
        return new WalkedPaths(outcomes);
    }

    List<String> names() {
        return List.copyOf(outcomes.keySet());
    }

    List<String> failed() {
        return outcomes.keySet().stream().filter(name -> !said(name).isEmpty()).toList();
    }

    /** What the test of this name says. */
    String said(String name) {
        assertThat(outcomes).containsKey(name);
        return outcomes.getOrDefault(name, "");
    }
}
