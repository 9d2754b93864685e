/**
 * Tables that an executable changes by a copy, while others use them. The executable makes the copy and keeps it in step; to put it in
 * the table's place, and to remove what a killed run left, is done here.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.osc;

import org.jspecify.annotations.NullMarked;
