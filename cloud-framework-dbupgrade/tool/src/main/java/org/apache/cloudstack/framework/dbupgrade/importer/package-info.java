/**
 * Turns a tree of upgrade scripts as Apache CloudStack kept it, {@code db/schema-<from>to<to>.sql}, into named migrations
 * and a {@code releases.yaml}. It knows how CloudStack's line-based runner read such scripts, and guesses nothing: what is
 * doubtful is asked. For developers who take such a tree over, never at the start of a server.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.importer;

import org.jspecify.annotations.NullMarked;
