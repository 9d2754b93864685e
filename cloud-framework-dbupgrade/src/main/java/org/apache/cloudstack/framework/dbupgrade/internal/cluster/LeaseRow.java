package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.cluster.LeaseHolder;

/**
 * The row as it was read.
 *
 * @param fence the number of the newest holder
 * @param holder who holds the lease, or held it and did not give it back
 */
record LeaseRow(long fence, Optional<LeaseHolder> holder) {}
