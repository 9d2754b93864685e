/**
 * Names, scanning, content and change ids of migrations, and the interface of those that people write in Java.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.migration;

import org.jspecify.annotations.NullMarked;
