/**
 * Names, scanning, content and change ids of migrations, the interface of those that people write in Java, and the files
 * beside them that say what databases should be.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.migration;

import org.jspecify.annotations.NullMarked;
