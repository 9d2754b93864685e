package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.lint.LintRule;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.ServerLease;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabaseExtension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes the tests of {@link UpgradePaths}. */
final class UpgradePathsExtension implements TestTemplateInvocationContextProvider {

    /** The configuration parameter that names the directory whose snapshots are made again. */
    static final String SNAPSHOTS = "dbupgrade.test.snapshots";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), UpgradePaths.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        UpgradePaths annotation = AnnotationSupport.findAnnotation(context.getTestMethod(), UpgradePaths.class)
                .orElseThrow();
        Selection selection = Selection.of(
                annotation,
                UpgradeDatabaseExtension.settingsAround(context),
                context.getConfigurationParameter(SNAPSHOTS).map(Path::of));
        ClassLoader loader = context.getRequiredTestClass().getClassLoader();
        UpgradeDatabaseExtension.leaveParametersOf(context);
        Map<String, String> servers = new LinkedHashMap<>();
        Stream.of(annotation.on())
                .map(UpgradePaths.On::server)
                .forEach(name -> servers.putIfAbsent(TestServers.kind(name), name));
        List<ServerLease> leases = new ArrayList<>();
        try {
            Stream<TestTemplateInvocationContext> all = Stream.empty();
            for (String name : servers.values()) {
                ServerLease lease = TestServers.take(name, UpgradeDatabaseExtension.longestWait(context));
                leases.add(lease);
                String suffix = servers.size() > 1 ? " on " + lease.server().version() : "";
                all = Stream.concat(all, tests(selection, loader, lease.server(), suffix, leases.size() == 1));
            }
            return all.onClose(() -> leases.forEach(ServerLease::close));
        } catch (RuntimeException | Error e) {
            leases.forEach(ServerLease::close);
            throw e;
        }
    }

    private static Stream<TestTemplateInvocationContext> tests(
            Selection selection, ClassLoader loader, DatabaseServer server, String suffix, boolean isFirst) {
        DatabaseUpgrade upgrade = DatabaseUpgrade.of(server.dataSource())
                .settings(selection.settings())
                .classLoader(loader)
                .build();
        WaysThroughGraph graph = new WaysThroughGraph(upgrade.migrations());
        List<UpgradePath> ways = selection.ways(graph);
        Set<UpgradePath> refused = selection.refused(graph);
        Set<UpgradePath> all = new LinkedHashSet<>(ways);
        all.addAll(refused);
        LazyJourney journey = new LazyJourney(() -> new Journey(database(selection, loader, server), all, selection));
        List<TestTemplateInvocationContext> tests = new ArrayList<>();
        if (selection.lint() && isFirst) {
            tests.add(new WayTest("the lint rules", journey, () -> lint(upgrade)));
        }
        for (UpgradePath way : WaysThroughGraph.inOrder(all)) {
            tests.add(
                    refused.contains(way)
                            ? new WayTest(way + " is refused" + suffix, journey, () -> journey.check(way)
                                    .isRefused(way))
                            : new WayTest(way + suffix, journey, way));
        }
        return tests.stream().onClose(journey::close);
    }

    private static MigratedDatabase database(Selection selection, ClassLoader loader, DatabaseServer server) {
        return new MigratedDatabase(
                TestDatabase.fresh(server, selection.settings().schemas().toArray(String[]::new)),
                selection.settings(),
                upgrade -> upgrade.classLoader(loader));
    }

    private static void lint(DatabaseUpgrade upgrade) {
        List<LintFinding> findings = upgrade.lint().stream()
                .filter(finding -> finding.rule().severity() != LintRule.Severity.NOTE)
                .toList();
        if (!findings.isEmpty()) {
            throw new AssertionError("The migrations break rules:\n"
                    + findings.stream().map(LintFinding::toString).collect(Collectors.joining("\n")));
        }
    }
}
