/** Small folders of migrations that the specifications of the kit try it on. */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.test.example;

import org.jspecify.annotations.NullMarked;
