package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import static org.apache.cloudstack.framework.dbupgrade.change.Phase.CONTRACT;
import static org.apache.cloudstack.framework.dbupgrade.change.Phase.EXPAND;

/** Changes of views and stored programs. */
public enum CodeChange implements Change {
    /** A new view. */
    CREATE_VIEW(Row.of(
            "create a view",
            EXPAND,
            "older nodes do not know it",
            AlgorithmByServer.PLAIN,
            Manual.VIEWS,
            "CREATE VIEW vm_view AS SELECT id, name FROM vm")),
    /** Another query with the same columns, or more. */
    REPLACE_VIEW(Row.of(
                    "replace a view, with all its columns",
                    EXPAND,
                    "older nodes find the columns they name; whether they mean the same, the author knows",
                    AlgorithmByServer.PLAIN,
                    Manual.VIEWS,
                    "CREATE OR REPLACE VIEW vm_view AS SELECT id, name, cpu FROM vm")
            .given("CREATE VIEW vm_view AS SELECT id, name FROM vm")),
    /** A view with fewer columns. */
    NARROW_VIEW(Row.of(
                    "replace a view, with fewer columns",
                    CONTRACT,
                    "queries of older nodes that name such a column fail",
                    AlgorithmByServer.PLAIN,
                    Manual.VIEWS,
                    "CREATE OR REPLACE VIEW vm_view AS SELECT id FROM vm")
            .given("CREATE VIEW vm_view AS SELECT id, name FROM vm")),
    /** A view goes. */
    DROP_VIEW(Row.of(
                    "drop a view",
                    CONTRACT,
                    "queries of older nodes that name it fail",
                    AlgorithmByServer.PLAIN,
                    Manual.VIEWS,
                    "DROP VIEW vm_view")
            .given("CREATE VIEW vm_view AS SELECT id, name FROM vm")),
    /** A new procedure or function. */
    CREATE_ROUTINE(Row.of(
            "create a procedure or function",
            EXPAND,
            "older nodes do not know it",
            AlgorithmByServer.PLAIN,
            Manual.ROUTINES,
            "CREATE PROCEDURE tidy() UPDATE vm SET cpu = 2")),
    /** The same name with another body. */
    REPLACE_ROUTINE(Row.of(
                    "replace a procedure or function",
                    EXPAND,
                    "older nodes find the name; it must take what they give",
                    AlgorithmByServer.PLAIN,
                    Manual.ROUTINES,
                    "DROP PROCEDURE tidy",
                    "CREATE PROCEDURE tidy() UPDATE vm SET cpu = 3")
            .given("CREATE PROCEDURE tidy() UPDATE vm SET cpu = 2")),
    /** A procedure or function goes. */
    DROP_ROUTINE(Row.of(
                    "drop a procedure or function",
                    CONTRACT,
                    "calls of older nodes fail",
                    AlgorithmByServer.PLAIN,
                    Manual.ROUTINES,
                    "DROP PROCEDURE tidy")
            .given("CREATE PROCEDURE tidy() UPDATE vm SET cpu = 2")),
    /** A trigger. */
    CREATE_TRIGGER(Row.of(
            "create or replace a trigger",
            CONTRACT,
            "what older nodes write is changed, or refused",
            AlgorithmByServer.PLAIN,
            Manual.TRIGGERS,
            "CREATE TRIGGER vm_new BEFORE INSERT ON vm FOR EACH ROW SET NEW.cpu = 2")),
    /** A trigger goes. */
    DROP_TRIGGER(Row.of(
                    "drop a trigger",
                    CONTRACT,
                    "what the trigger does for older nodes is not done any more",
                    AlgorithmByServer.PLAIN,
                    Manual.TRIGGERS,
                    "DROP TRIGGER vm_new")
            .given("CREATE TRIGGER vm_new BEFORE INSERT ON vm FOR EACH ROW SET NEW.cpu = 2")),
    /** An event. */
    CREATE_EVENT(Row.of(
            "create or replace an event",
            EXPAND,
            "it does its work beside older nodes",
            AlgorithmByServer.PLAIN,
            Manual.EVENTS,
            "CREATE EVENT tidy_daily ON SCHEDULE EVERY 1 DAY DO UPDATE vm SET cpu = 2")),
    /** An event goes. */
    DROP_EVENT(Row.of(
                    "drop an event",
                    CONTRACT,
                    "its work, which older nodes may count on, is not done any more",
                    AlgorithmByServer.PLAIN,
                    Manual.EVENTS,
                    "DROP EVENT tidy_daily")
            .given("CREATE EVENT tidy_daily ON SCHEDULE EVERY 1 DAY DO UPDATE vm SET cpu = 2"));

    private final Row row;

    CodeChange(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
