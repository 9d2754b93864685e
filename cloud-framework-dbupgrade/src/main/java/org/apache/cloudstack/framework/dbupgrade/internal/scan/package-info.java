/**
 * Files and classes become migrations: locations are listed, names and directives are read, {@code releases.yaml} orders the
 * releases, and the files beside the migrations say what databases should be. Nothing here asks a database.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import org.jspecify.annotations.NullMarked;
