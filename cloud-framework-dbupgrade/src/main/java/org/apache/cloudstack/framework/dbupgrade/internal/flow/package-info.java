/**
 * The flow of an upgrade: {@link org.apache.cloudstack.framework.dbupgrade.internal.flow.Upgrade} makes attempts until one comes
 * to its end, {@link org.apache.cloudstack.framework.dbupgrade.internal.flow.UpgradeAttempt} plans under the lease, checks and
 * migrates, {@link org.apache.cloudstack.framework.dbupgrade.internal.flow.UpgradeExecutor} is what Flyway calls for each step.
 * The other commands of the front door are here too, since they read the same state; hence more than 25 types.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import org.jspecify.annotations.NullMarked;
