/**
 * Real database servers for tests: {@link org.apache.cloudstack.framework.dbupgrade.test.database.TestServers} picks
 * and starts one, {@link org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase} empties it for a test;
 * {@link org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer} belongs to one test, which may kill it.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.database;

import org.jspecify.annotations.NullMarked;
