/** Which ways are walked, and what is found on them. */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.paths;

import org.jspecify.annotations.NullMarked;
