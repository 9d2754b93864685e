package org.apache.cloudstack.framework.dbupgrade.spring;

import org.apache.cloudstack.framework.dbupgrade.finding.Finding;

/**
 * Published when this server was taken for dead, and newer ones took something away that its code may need. Unless {@code
 * cloud.dbupgrade.stop-when-outdated} says otherwise, the application is closed right after it.
 *
 * @param finding what happened
 */
public record DatabaseOutdatedEvent(Finding finding) {}
