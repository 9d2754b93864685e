/**
 * What a plan will mean for this server ({@link org.apache.cloudstack.framework.dbupgrade.preflight.PlanImpact}: each step with
 * its phase and the sizes of its tables), and the interface for checks of the running system before anything is touched
 * ({@link org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck}).
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.preflight;

import org.jspecify.annotations.NullMarked;
