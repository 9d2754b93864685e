/** Management servers of two releases in processes of their own, replaced one after another under load. */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.rolling;

import org.jspecify.annotations.NullMarked;
