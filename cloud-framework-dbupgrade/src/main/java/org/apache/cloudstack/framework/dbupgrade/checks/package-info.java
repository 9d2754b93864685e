/**
 * The library's own checks before an upgrade; {@link org.apache.cloudstack.framework.dbupgrade.checks.ServerChecks} lists
 * them. They run before every upgrade, in an application and in the standalone tool, after the checks given to the builder.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.checks;

import org.jspecify.annotations.NullMarked;
