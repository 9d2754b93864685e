package org.apache.cloudstack.framework.dbupgrade.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@link javax.sql.DataSource} bean of the user who upgrades, where that is not the application's own. It wins
 * over the primary one. Declare it with {@code @Bean(defaultCandidate = false)}, so that it stays out of everybody else's
 * way.
 */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface DatabaseUpgradeDataSource {}
