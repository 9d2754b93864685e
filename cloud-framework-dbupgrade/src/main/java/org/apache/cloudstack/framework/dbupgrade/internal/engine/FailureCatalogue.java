package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.SQLException;
import java.util.Optional;

/** Knows why a statement usually fails in the way it did, and what helps. */
@FunctionalInterface
public interface FailureCatalogue {

    /** What is known of an error of the server; empty when nothing is. */
    Optional<Advice> adviceFor(SQLException error);

    /**
     * The usual cause of an error.
     *
     * @param cause the usual cause, as a phrase without a stop
     * @param cure what to do about it, in one sentence or two
     */
    record Advice(String cause, String cure) {}
}
