package org.apache.cloudstack.framework.dbupgrade.preflight;

import java.util.List;

/**
 * A check of the running system before an upgrade touches anything. Checks are beans of the application context or given
 * to the builder of the upgrade; all of them run, so that the operator sees every result at once.
 */
public interface PreflightCheck {

    /** A short name for logs and reports, such as {@code system VM templates}. */
    String name();

    /**
     * Looks, and only looks.
     *
     * @return what was found; empty when all is well
     */
    List<CheckResult> check(PreflightContext context);
}
