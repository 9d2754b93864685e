package org.apache.cloudstack.framework.dbupgrade.test.trouble;

/** A way that bytes go between a client and its server. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT
}
