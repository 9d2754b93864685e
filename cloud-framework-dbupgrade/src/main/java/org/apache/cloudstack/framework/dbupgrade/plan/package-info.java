/**
 * A plan: the ordered steps of an upgrade, or a refusal, with the nodes that it has to wait for.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.plan;

import org.jspecify.annotations.NullMarked;
