/**
 * Data migrations of large tables: they walk a key in batches that take about the same time, and commit each together with
 * its checkpoint.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.batch;

import org.jspecify.annotations.NullMarked;
