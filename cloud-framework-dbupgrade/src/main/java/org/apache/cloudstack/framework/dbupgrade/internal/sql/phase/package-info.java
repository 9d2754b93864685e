/**
 * The table of phases: each kind of change with what it means for older nodes, and how each database server does it; and the
 * reading of operations into such changes. {@link org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.PhaseTable} is the
 * table, {@link org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.ChangeReader} the reading.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import org.jspecify.annotations.NullMarked;
