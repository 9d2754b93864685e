/**
 * Databases for tests of migrations:
 * {@link org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase @UpgradeDatabase} has JUnit give a test a
 * {@link org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase}, at the release it asks for.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.junit;

import org.jspecify.annotations.NullMarked;
