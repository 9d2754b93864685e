/**
 * What operations read and write, and whether two of them commute.
 *
 * <p>What a statement does not show is not seen: tables of a view it reads, rows that a foreign key cascades to,
 * and what triggers do that were created earlier.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint;

import org.jspecify.annotations.NullMarked;
