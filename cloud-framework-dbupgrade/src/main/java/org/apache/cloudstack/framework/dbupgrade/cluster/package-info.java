/**
 * The nodes that use the databases: what is known of each, who upgrades, and the interface for an application that keeps a list of
 * its own.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.cluster;

import org.jspecify.annotations.NullMarked;
