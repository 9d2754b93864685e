/** What a statement does, in words of the database: values that scripts are read into and that SQL is rendered from. */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import org.jspecify.annotations.NullMarked;
