/** What the assertions say, when they hold and when they do not. */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import org.jspecify.annotations.NullMarked;
