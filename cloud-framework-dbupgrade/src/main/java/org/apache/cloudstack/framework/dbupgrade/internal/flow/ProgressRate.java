package org.apache.cloudstack.framework.dbupgrade.internal.flow;

/** How fast a migration goes, measured from the first time that it shows how far it is. */
public final class ProgressRate {

    private boolean isBegun;
    private long firstDone;
    private long begin;

    /** How many are done in a second; 0 when that is not known yet. */
    double perSecond(long done) {
        if (!isBegun) {
            isBegun = true;
            firstDone = done;
            begin = System.nanoTime();
            return 0;
        }
        double seconds = Math.max(System.nanoTime() - begin, 1) / 1e9;
        return Math.max(0, (done - firstDone) / seconds);
    }
}
