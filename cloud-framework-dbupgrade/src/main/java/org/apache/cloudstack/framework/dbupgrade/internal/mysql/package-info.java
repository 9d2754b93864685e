/**
 * The only package that knows the servers: sessions, schemas, vendor codes, differences of MySQL and MariaDB.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import org.jspecify.annotations.NullMarked;
