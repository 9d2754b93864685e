/**
 * What a plan will mean, before anything of it is done: for each step its phase, its statements, and how large the tables are
 * that it changes. {@link org.apache.cloudstack.framework.dbupgrade.preview.PlanImpact} is the whole. It reads
 * {@code information_schema} and changes nothing; sizes are the server's estimates.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.preview;

import org.jspecify.annotations.NullMarked;
