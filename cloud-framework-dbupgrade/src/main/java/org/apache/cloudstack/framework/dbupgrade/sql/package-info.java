/**
 * Statements and what can be said of them without a server. The leaf that other rooms ask about SQL.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.sql;

import org.jspecify.annotations.NullMarked;
