/**
 * What is reported to people: a {@link org.apache.cloudstack.framework.dbupgrade.finding.Finding} with its code, problem,
 * evidence and remedy. Every other package may use this one; all messages of the codes are in one enum.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.finding;

import org.jspecify.annotations.NullMarked;
