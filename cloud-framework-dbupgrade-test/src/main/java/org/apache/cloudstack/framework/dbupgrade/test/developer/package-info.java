/**
 * The standalone tool for developers of migrations, started by Maven:
 * {@link org.apache.cloudstack.framework.dbupgrade.test.developer.DeveloperTool}.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.developer;

import org.jspecify.annotations.NullMarked;
