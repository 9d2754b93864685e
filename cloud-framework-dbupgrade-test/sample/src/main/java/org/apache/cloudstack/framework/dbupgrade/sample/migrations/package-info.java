/** The sample platform's migrations written in Java; its scripts are in the resource directory of this name. */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.sample.migrations;

import org.jspecify.annotations.NullMarked;
