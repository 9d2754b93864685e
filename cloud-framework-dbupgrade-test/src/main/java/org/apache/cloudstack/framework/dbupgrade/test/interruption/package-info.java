/**
 * Proves that migrations go on where they were interrupted:
 * {@link org.apache.cloudstack.framework.dbupgrade.test.interruption.Interruptions} cuts an upgrade off at one moment after the
 * other, and compares what the next upgrade makes of it with one that nobody disturbed.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import org.jspecify.annotations.NullMarked;
