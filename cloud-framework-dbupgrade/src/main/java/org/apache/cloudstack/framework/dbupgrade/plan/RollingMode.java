package org.apache.cloudstack.framework.dbupgrade.plan;

/** How an upgrade goes together with nodes of older releases. */
public enum RollingMode {
    /** What takes something away waits until no older node lives; everything else is run at once. */
    AUTO,
    /** The same, and a plan that older nodes would not survive is refused. */
    REQUIRE,
    /** Nobody else is checked: everything is run at once, and code that is older than the database does not start. */
    OFF
}
