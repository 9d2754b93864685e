package org.apache.cloudstack.framework.dbupgrade.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;

/** The sample's databases at 4.0.0, filled with a platform in use. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@UpgradeDatabase(
        at = SamplePlatform.OLDEST,
        locations = SampleManagementServer.MIGRATIONS,
        scripts = SamplePlatform.SCRIPT,
        configuration = SampleUpgrade.Checks.class)
@interface PlatformInUse {}
