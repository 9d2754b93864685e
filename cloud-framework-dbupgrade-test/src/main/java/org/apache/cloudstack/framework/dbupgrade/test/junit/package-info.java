/**
 * Databases for tests of migrations:
 * {@link org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase @UpgradeDatabase} has JUnit give a test a
 * {@link org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase}, at the release it asks for. A
 * {@link org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder} has migrations that a test writes itself.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.junit;

import org.jspecify.annotations.NullMarked;
