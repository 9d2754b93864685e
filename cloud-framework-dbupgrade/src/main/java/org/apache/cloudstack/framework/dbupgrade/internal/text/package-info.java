/**
 * Words and tables for logs, terminals and reports.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.text;

import org.jspecify.annotations.NullMarked;
