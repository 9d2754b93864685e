/**
 * Every way through the graph of releases, as a test:
 * {@link org.apache.cloudstack.framework.dbupgrade.test.paths.UpgradePaths @UpgradePaths} walks each of them on a real server,
 * and compares where they end.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.paths;

import org.jspecify.annotations.NullMarked;
