/**
 * A small management server with the timeline of migrations it has come through, modelled on a cloud platform. It shows how
 * an application embeds the library, and the integration suites upgrade it from everywhere to everywhere.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.sample;

import org.jspecify.annotations.NullMarked;
