/**
 * Migrations as people write and name them: versioned and repeatable, scripts and Java, with what they say about themselves
 * and the ids of their content.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.migration;

import org.jspecify.annotations.NullMarked;
