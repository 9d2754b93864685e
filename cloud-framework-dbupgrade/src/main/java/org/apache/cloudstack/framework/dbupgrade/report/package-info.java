/**
 * What people read of an upgrade: text tables.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.report;

import org.jspecify.annotations.NullMarked;
