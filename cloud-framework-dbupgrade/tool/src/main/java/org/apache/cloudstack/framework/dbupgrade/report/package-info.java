/**
 * The graph of releases as text and as a vector graphic, and the HTML page of a report.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.report;

import org.jspecify.annotations.NullMarked;
