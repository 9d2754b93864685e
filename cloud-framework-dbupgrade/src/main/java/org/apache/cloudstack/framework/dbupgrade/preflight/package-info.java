/**
 * What a plan will mean for this server, and the checks of the running system before anything is touched. {@link
 * org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck} is the interface for more of them, {@link
 * org.apache.cloudstack.framework.dbupgrade.preflight.ServerChecks} lists the library's own, and {@link
 * org.apache.cloudstack.framework.dbupgrade.preflight.PlanImpact} has each step with its phase and the sizes of its tables. It
 * reads, and changes nothing.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.preflight;

import org.jspecify.annotations.NullMarked;
