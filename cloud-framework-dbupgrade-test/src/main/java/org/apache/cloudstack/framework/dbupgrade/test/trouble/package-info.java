/**
 * What goes wrong around a database, when a test says so: the network
 * ({@link org.apache.cloudstack.framework.dbupgrade.test.trouble.TcpProxy}), an executable
 * ({@link org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm}), a node of a cluster
 * ({@link org.apache.cloudstack.framework.dbupgrade.test.trouble.GaleraCluster}).
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import org.jspecify.annotations.NullMarked;
