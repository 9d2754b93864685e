package org.apache.cloudstack.framework.dbupgrade.test.trouble;

/** A way that bytes go between a client and its server: {@code proxy.delay(Direction.TO_SERVER, Duration.ofMillis(200))}. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT
}
