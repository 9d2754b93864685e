/**
 * The library's own checks before an upgrade; {@link org.apache.cloudstack.framework.dbupgrade.checks.ServerChecks} lists
 * them. The standalone tool runs all of them, an application those that it gives to the builder of the upgrade.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.checks;

import org.jspecify.annotations.NullMarked;
