/**
 * The library's own checks before an upgrade, and what a plan means for the server at hand. It reads, and changes
 * nothing.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import org.jspecify.annotations.NullMarked;
