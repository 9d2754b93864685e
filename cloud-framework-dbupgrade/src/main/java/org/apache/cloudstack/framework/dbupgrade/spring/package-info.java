/**
 * Spring Boot's way in: auto-configuration, properties, failure analysis, metrics, health and the endpoint.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.spring;

import org.jspecify.annotations.NullMarked;
