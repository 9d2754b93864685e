package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.SQLException;
import java.util.List;

/** Rewrites DDL so that the server refuses it where others could not use the table meanwhile. */
public interface OnlineRewriting {

    /** Sends every statement as it is. */
    OnlineRewriting NONE = new OnlineRewriting() {

        @Override
        public List<String> textsToTry(String statement) {
            return List.of(statement);
        }

        @Override
        public boolean isRefused(SQLException error) {
            return false;
        }
    };

    /** The variants to try of a statement, in order, each when the server refused the one before; never empty. */
    List<String> textsToTry(String statement);

    /** Whether the server refused a text only because of how it was to be done; the table is then untouched. */
    boolean isRefused(SQLException error);
}
