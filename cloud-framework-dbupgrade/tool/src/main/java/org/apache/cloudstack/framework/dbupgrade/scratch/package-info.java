/**
 * A database server of one's own for a short time:
 * {@link org.apache.cloudstack.framework.dbupgrade.scratch.TemporaryServer} starts one from executables that
 * {@link org.apache.cloudstack.framework.dbupgrade.scratch.ServerPrograms} finds on this machine or in a jar.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.scratch;

import org.jspecify.annotations.NullMarked;
