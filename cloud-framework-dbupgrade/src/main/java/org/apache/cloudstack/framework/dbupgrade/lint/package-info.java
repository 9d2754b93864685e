/**
 * The lint rules, each with what it asks for and why, and what is found.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.lint;

import org.jspecify.annotations.NullMarked;
