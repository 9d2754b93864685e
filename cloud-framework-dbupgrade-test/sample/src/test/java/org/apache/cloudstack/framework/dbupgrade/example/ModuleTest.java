package org.apache.cloudstack.framework.dbupgrade.example;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * One test of a module that Maven has compiled, run in this process: library, kit and JUnit are loaded already, which takes
 * longer than the test.
 *
 * @param module the directory of the module
 * @param testClass the name of its test class
 * @param method the test
 */
record ModuleTest(Path module, String testClass, String method) {

    /** Runs it, and gives what it and those that it is made of say when they do not pass. */
    List<String> problems() {
        URL[] classes = Stream.of("test-classes", "classes")
                .map(folder -> url(module.resolve("target").resolve(folder)))
                .toArray(URL[]::new);
        Thread thread = Thread.currentThread();
        ClassLoader present = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classes, ModuleTest.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            return problems(loader.loadClass(testClass));
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("The classes of " + module + " cannot be read", e);
        } finally {
            thread.setContextClassLoader(present);
        }
    }

    private List<String> problems(Class<?> compiled) {
        return ReflectionSupport.findMethods(
                        compiled, each -> each.getName().equals(method), HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .flatMap(test -> EngineTestKit.engine("junit-jupiter")
                        .selectors(selectMethod(compiled, test))
                        .execute()
                        .allEvents()
                        .failed()
                        .stream())
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .map(problem -> String.valueOf(problem.getMessage()))
                .toList();
    }

    private static URL url(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
