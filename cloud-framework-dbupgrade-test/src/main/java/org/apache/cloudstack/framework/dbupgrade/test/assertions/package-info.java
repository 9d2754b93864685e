/**
 * Assertions about databases of migrations, plans and refusals, in the style of AssertJ:
 * {@link org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions} is what a test imports. What fails
 * shows expected and found side by side.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import org.jspecify.annotations.NullMarked;
