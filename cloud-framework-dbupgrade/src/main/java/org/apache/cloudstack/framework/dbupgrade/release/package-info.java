/**
 * Versions and releases, and the graph that says which release follows which. Knows only the JDK.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.release;

import org.jspecify.annotations.NullMarked;
