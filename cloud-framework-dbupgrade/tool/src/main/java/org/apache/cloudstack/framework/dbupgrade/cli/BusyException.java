package org.apache.cloudstack.framework.dbupgrade.cli;

import org.apache.cloudstack.framework.dbupgrade.cluster.LeaseHolder;

/** Thrown when a command has to wait for an upgrade that is under way. */
final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BusyException(LeaseHolder holder) {
        super("Another node upgrades the databases just now: " + holder + ". Wait until it is done; see "
                + DbUpgradeCommand.NAME + " status.");
    }
}
