/** Who needs the database servers more than work that can wait: what the server, its cluster and its replicas tell. */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.throttle;

import org.jspecify.annotations.NullMarked;
