/**
 * Proves that migrations go on where they were interrupted:
 * {@link org.apache.cloudstack.framework.dbupgrade.test.interruption.Interruptions} strikes an upgrade at one moment after the
 * other, and compares its end, or what the next upgrade makes of it, with one that nobody disturbed.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import org.jspecify.annotations.NullMarked;
