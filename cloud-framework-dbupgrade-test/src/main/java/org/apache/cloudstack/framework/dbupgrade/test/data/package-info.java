/**
 * Rows for tests of migrations: {@link org.apache.cloudstack.framework.dbupgrade.test.data.TestData} fills tables with
 * rows that keep all their keys, as {@code information_schema} describes them, odd values among them.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.data;

import org.jspecify.annotations.NullMarked;
