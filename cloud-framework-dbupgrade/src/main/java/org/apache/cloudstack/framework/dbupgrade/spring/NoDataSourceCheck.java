package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Refuses to start an application that has migrations and no data source to run them on: it would come up on a database that
 * nobody upgraded. Without migrations it only says so.
 */
final class NoDataSourceCheck implements BeanFactoryPostProcessor, EnvironmentAware {

    private static final Logger LOG = LoggerFactory.getLogger(NoDataSourceCheck.class);
    private static final Set<FindingCode> NOTHING_THERE =
            EnumSet.of(FindingCode.LOCATION_MISSING, FindingCode.NO_MIGRATIONS);

    private List<String> locations = List.of();

    @Override
    public void setEnvironment(Environment environment) {
        locations = Binder.get(environment)
                .bind(DatabaseUpgradeProperties.PREFIX + ".locations", Bindable.listOf(String.class))
                .orElse(List.of(UpgradeSettings.DEFAULT_LOCATION));
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        String[] sources = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(factory, DataSource.class, true, false);
        String where = String.join(", ", locations);
        Finding finding = sources.length == 0
                ? FindingCode.DATA_SOURCE_MISSING.about(where)
                : FindingCode.DATA_SOURCE_AMBIGUOUS.about(where, String.join(", ", sources));
        if (hasMigrations(factory)) {
            throw new UpgradeRefusedException(List.of(finding), null);
        }
        LOG.warn(
                "No database is upgraded: there are no migrations in {}, and {}. cloud.dbupgrade.enabled=false silences this.",
                where,
                sources.length == 0 ? "no data source" : "several data sources without a primary one");
    }

    private boolean hasMigrations(ConfigurableListableBeanFactory factory) {
        ClassLoader loader = factory.getBeanClassLoader();
        ScanResult scanned = MigrationScanner.scan(
                locations,
                Objects.requireNonNull(loader == null ? ClassUtils.getDefaultClassLoader() : loader),
                MigrationInstances.byDefaultConstructor(),
                Map.of());
        return !scanned.migrations().versioned().isEmpty()
                || !scanned.migrations().repeatables().isEmpty()
                || scanned.findings().stream().anyMatch(finding -> !NOTHING_THERE.contains(finding.code()))
                || factory.getBeanNamesForType(JavaMigration.class, true, false).length > 0;
    }
}
