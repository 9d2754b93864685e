package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.SplittableRandom;

/** Fills one or several columns of rows. */
interface Fill {

    /**
     * Fills the columns of one row.
     *
     * @return false when nothing fits what the row holds already, so that another row has to be drawn
     */
    boolean fill(Object[] row, long number, SplittableRandom random);
}
