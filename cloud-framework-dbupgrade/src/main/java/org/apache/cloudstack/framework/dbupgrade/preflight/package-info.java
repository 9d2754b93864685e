/**
 * Checks of the running system before anything is touched, and the interface for more of them.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.preflight;

import org.jspecify.annotations.NullMarked;
