/**
 * One upgrader at a time: the row that says who upgrades, until when and how far it is, and which code found nothing left to
 * do. The protocol is told in {@link org.apache.cloudstack.framework.dbupgrade.lease.Leases}.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.lease;

import org.jspecify.annotations.NullMarked;
