/**
 * The planner: from what a database has and what a release contains to the ordered steps, or to a refusal. A pure function: no
 * database, no clock, no logger.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import org.jspecify.annotations.NullMarked;
