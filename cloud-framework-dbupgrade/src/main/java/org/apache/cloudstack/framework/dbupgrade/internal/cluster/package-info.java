/**
 * Who upgrades, and who uses the databases: the lease with its fencing token ({@link
 * org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases}), the nodes with their releases, and what was taken away
 * that older ones need ({@link org.apache.cloudstack.framework.dbupgrade.internal.cluster.ContractWatermark}).
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import org.jspecify.annotations.NullMarked;
