/**
 * Statements and what can be said of them without a server. The leaf that other packages ask about SQL. {@code operation}
 * holds what a statement does, {@code footprint} what it reads and writes, {@code analysis} reads both from text.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import org.jspecify.annotations.NullMarked;
