/**
 * The only package that knows Flyway: our steps on its timeline, resolved and executed by it, and its history read back.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import org.jspecify.annotations.NullMarked;
