/**
 * Reads statements and compares scripts. The only place that knows the SQL parser, Alibaba Druid's; what comes out is
 * made of operations and footprints.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import org.jspecify.annotations.NullMarked;
