package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.util.UUID;

/** A password for a server that lives as long as this JVM: other users of the machine can reach its port too. */
final class RandomPassword {

    private RandomPassword() {}

    static String create() {
        return UUID.randomUUID().toString();
    }
}
