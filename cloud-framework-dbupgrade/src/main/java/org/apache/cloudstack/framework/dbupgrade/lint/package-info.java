/**
 * Rules for migrations that a developer hears of before a database does. Each rule has an id, its section in docs/reference/lint-rules.md,
 * and may be waived on a migration with a reason.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.lint;

import org.jspecify.annotations.NullMarked;
