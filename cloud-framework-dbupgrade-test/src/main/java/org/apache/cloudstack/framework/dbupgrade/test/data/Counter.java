package org.apache.cloudstack.framework.dbupgrade.test.data;

/**
 * Numbers the values of a column, so that rows of different numbers differ in a unique key. Several columns count like the
 * digits of one number.
 *
 * @param key what has to differ
 * @param shift where counting starts
 * @param stride after how many rows the next value comes
 * @param size after how many values the first one comes again
 * @param limit after how many rows everything starts again
 */
record Counter(UniqueKey key, long shift, long stride, long size, long limit) {

    long valueOf(long row) {
        return (row + shift) / stride % size;
    }

    boolean isExhausted(long row) {
        return row >= limit;
    }

    /** Whether each row gets a value of its own. */
    boolean isAlone() {
        return stride == 1 && size == limit;
    }
}
