package org.apache.cloudstack.framework.dbupgrade.spring;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.StringUtils;

/**
 * The connections of an upgrade: those of the marked bean, or else those that the properties name, or else those of the
 * application.
 */
record UpgradeConnections(
        ObjectProvider<DataSource> application,
        ObjectProvider<DataSource> marked,
        DatabaseUpgradeProperties properties) {

    DataSource dataSource() {
        DataSource ofUpgrade = marked.getIfAvailable();
        if (ofUpgrade != null) {
            return ofUpgrade;
        }
        if (StringUtils.hasText(properties.url())) {
            return named(DataSourceBuilder.create().url(properties.url()));
        }
        requireUser("password", properties.password());
        requireUser("driver-class-name", properties.driverClassName());
        return StringUtils.hasText(properties.user())
                ? named(DataSourceBuilder.derivedFrom(application.getObject()))
                : application.getObject();
    }

    private DataSource named(DataSourceBuilder<?> builder) {
        DataSourceBuilder<SimpleDriverDataSource> plain = builder.type(SimpleDriverDataSource.class)
                .username(properties.user())
                .password(properties.password());
        return StringUtils.hasText(properties.driverClassName())
                ? plain.driverClassName(properties.driverClassName()).build()
                : plain.build();
    }

    private void requireUser(String name, @Nullable String value) {
        if (StringUtils.hasText(value) && !StringUtils.hasText(properties.user())) {
            throw new InvalidConfigurationPropertyValueException(
                    DatabaseUpgradeProperties.PREFIX + "." + name,
                    "******",
                    "It says something of an account that is not named. Set cloud.dbupgrade.user or cloud.dbupgrade.url too.");
        }
    }
}
