package org.apache.cloudstack.framework.dbupgrade.change;

/** When a change may happen while nodes of several releases run. */
public enum Phase {
    /** Additive: older nodes keep working. */
    EXPAND,
    /** Touches data only. */
    MIGRATE,
    /** Takes something away that older nodes may use. */
    CONTRACT
}
