package org.apache.cloudstack.framework.dbupgrade;

/** Receives, in the thread of the upgrade, what happens. What a listener throws stops the upgrade. */
@FunctionalInterface
public interface UpgradeListener {

    /** Something happened. */
    void on(UpgradeEvent event);
}
