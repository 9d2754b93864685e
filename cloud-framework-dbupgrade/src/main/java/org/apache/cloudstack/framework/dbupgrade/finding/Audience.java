package org.apache.cloudstack.framework.dbupgrade.finding;

/** Who reads a message: each can act in a way of its own, and no message names what its reader cannot do. */
public enum Audience {
    /** The operator of an application, who sets its properties and starts it. */
    APPLICATION,
    /** The operator of the standalone tool, who runs its commands. */
    TOOL
}
