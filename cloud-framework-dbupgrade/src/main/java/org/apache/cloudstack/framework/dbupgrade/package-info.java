/**
 * The front door. {@link org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade} takes databases from any release to a
 * later one; management server start-up, tools and tests all go through it. The packages below are, in the direction of the
 * data: {@code migration} and {@code release} (what the code brings), {@code plan}, {@code preflight}, {@code internal.flyway}
 * and {@code internal.engine} (what runs a plan), and {@code verify}; {@code internal.mysql}, {@code internal.sql} and {@code
 * finding} serve them all.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade;

import org.jspecify.annotations.NullMarked;
