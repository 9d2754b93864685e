package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names for servers that have none. */
public final class NodeId {

    private NodeId() {}

    /**
     * Process, machine and a number, such as {@code 4711@ms-3 0f3a99c2}: who restarts, or runs twice in a process, is somebody
     * else. What Java's management and its secure numbers need to be loaded is spared to every start.
     */
    public static String unique() {
        return ProcessHandle.current().pid() + "@" + host() + " "
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
