/**
 * What is told to people: a {@link org.apache.cloudstack.framework.dbupgrade.finding.Finding} with its code, problem,
 * evidence and remedy. Every other package may use this one; all texts of the codes stand in one enum.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.finding;

import org.jspecify.annotations.NullMarked;
