/**
 * How migrations are checked against the lint rules: statement by statement, and across the releases. Nothing here asks a
 * database.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import org.jspecify.annotations.NullMarked;
