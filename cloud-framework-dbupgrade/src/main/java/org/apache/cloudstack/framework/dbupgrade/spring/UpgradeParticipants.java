package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeRegistry;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;
import org.flywaydb.core.api.callback.Callback;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The beans that take part in the upgrade. They exist before it, so none of them may use the database through a bean. */
final class UpgradeParticipants {

    private final ConfigurableListableBeanFactory factory;

    UpgradeParticipants(ConfigurableListableBeanFactory factory) {
        this.factory = factory;
    }

    /** One by one, since the container's own collecting leaves out beans that are just being created. */
    Map<String, JavaMigration> javaMigrations() {
        return TooEarlyException.explain(factory, "Beans that are Java migrations", () -> {
            Map<String, JavaMigration> beans = new LinkedHashMap<>();
            for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(factory, JavaMigration.class)) {
                beans.put(name, factory.getBean(name, JavaMigration.class));
            }
            return beans;
        });
    }

    List<PreflightCheck> checks() {
        return TooEarlyException.explain(
                factory, "Beans that are preflight checks", () -> ordered(PreflightCheck.class));
    }

    List<UpgradeListener> listeners() {
        return TooEarlyException.explain(
                factory, "Beans that are upgrade listeners", () -> ordered(UpgradeListener.class));
    }

    List<Callback> callbacks() {
        return TooEarlyException.explain(factory, "Beans that are callbacks of Flyway", () -> ordered(Callback.class));
    }

    List<DatabaseUpgradeCustomizer> customizers() {
        return TooEarlyException.explain(
                factory, "Beans that customize the upgrade", () -> ordered(DatabaseUpgradeCustomizer.class));
    }

    List<NodeRegistry> registries() {
        return TooEarlyException.explain(
                factory, "Beans that are registries of servers", () -> ordered(NodeRegistry.class));
    }

    private <T> List<T> ordered(Class<T> type) {
        return factory.getBeanProvider(type).orderedStream().toList();
    }

    /** Constructor arguments of migration classes are beans. */
    MigrationInstances instances() {
        return type -> TooEarlyException.explain(
                factory,
                "Constructor arguments of the Java migration " + type.getName(),
                () -> factory.createBean(type));
    }
}
