/**
 * What a change means to others who use the database: which nodes can live with it, and how the server makes it.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.change;

import org.jspecify.annotations.NullMarked;
