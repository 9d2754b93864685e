/**
 * Runs the statements of one migration and journals each of them, so that an interrupted migration goes on where it
 * stopped. The protocol is described in {@link org.apache.cloudstack.framework.dbupgrade.internal.engine.MigrationRunner}.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import org.jspecify.annotations.NullMarked;
