package org.apache.cloudstack.framework.dbupgrade.bench;

/** A way to bring migrations to a database. It runs in a process of its own, with its migrations on the class path. */
interface Contender {

    /** Reads the migrations, connects, applies all of them, and disconnects. */
    void apply(Login login) throws Exception;

    /**
     * Connects, finds out that nothing is to be done, and disconnects.
     *
     * @throws IllegalStateException when there was something
     */
    void start(Login login) throws Exception;
}
