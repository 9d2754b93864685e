/**
 * What people read of an upgrade: text tables, and the graph of releases as text and as a drawing.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.report;

import org.jspecify.annotations.NullMarked;
