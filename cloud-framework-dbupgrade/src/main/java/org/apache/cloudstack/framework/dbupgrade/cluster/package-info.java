/**
 * Which servers use the databases, which release each of them runs, and what was taken away that older ones need. The
 * protocol that keeps an old node and a step that takes something away apart stands in {@link
 * org.apache.cloudstack.framework.dbupgrade.cluster.ContractWatermark}.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.cluster;

import org.jspecify.annotations.NullMarked;
