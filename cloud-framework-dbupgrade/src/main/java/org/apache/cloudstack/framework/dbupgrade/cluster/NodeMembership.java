package org.apache.cloudstack.framework.dbupgrade.cluster;

/** A running node is counted among those that use the databases, until this is closed. */
public interface NodeMembership extends AutoCloseable {

    @Override
    void close();
}
