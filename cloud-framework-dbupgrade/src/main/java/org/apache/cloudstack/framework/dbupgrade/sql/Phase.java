package org.apache.cloudstack.framework.dbupgrade.sql;

/** When a change may happen while servers of several releases run. */
public enum Phase {
    /** Additive: older servers keep working. */
    EXPAND,
    /** Touches data only. */
    MIGRATE,
    /** Takes something away that older servers may use. */
    CONTRACT
}
