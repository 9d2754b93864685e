/**
 * Rules for migrations that a developer hears of before a database does. Each rule has an id, its page in conventions.md,
 * and may be waived on a migration with a reason.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.lint;

import org.jspecify.annotations.NullMarked;
