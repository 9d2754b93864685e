/**
 * {@link org.apache.cloudstack.framework.dbupgrade.test.state.SavedState} keeps what some databases are, and makes them so
 * again, whatever a test has done to them. {@link org.apache.cloudstack.framework.dbupgrade.test.state.Ending} shows whether two
 * ways of an upgrade left the same.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.state;

import org.jspecify.annotations.NullMarked;
