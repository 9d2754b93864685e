package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;

/**
 * A row of the table.
 *
 * @param what the kind of change, in words that follow "to"
 * @param phase when it may happen, as long as older nodes know what it changes
 * @param why what an older node sees of it, one sentence without its full stop
 * @param ways how each server does it, on a plain InnoDB table
 * @param manual where the vendors say so
 * @param given the statements before the example, without those of {@link #TABLE}
 * @param example the change; of several statements the last is the one that is meant
 */
public record Row(
        String what,
        Phase phase,
        String why,
        AlgorithmByServer ways,
        Manual manual,
        List<String> given,
        List<String> example) {

    /** The table that examples change, with rows. */
    public static final List<String> TABLE =
            List.of("""
            CREATE TABLE vm (
                id INT NOT NULL PRIMARY KEY,
                name VARCHAR(40) NOT NULL DEFAULT 'x',
                zone VARCHAR(20) NULL,
                label VARCHAR(40) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci NULL,
                serial INT NOT NULL,
                owner_id INT NULL,
                cpu INT NOT NULL DEFAULT 1,
                power ENUM('on','off') NOT NULL DEFAULT 'on',
                created DATETIME NULL,
                KEY i_vm__cpu (cpu),
                UNIQUE KEY uk_vm__serial (serial)
            ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci""", "INSERT INTO vm (id, serial, owner_id) VALUES (1, 11, 1), (2, 12, 1), (3, 13, 1)");

    public Row {
        given = List.copyOf(given);
        example = List.copyOf(example);
    }

    /** A row whose example needs nothing but the table. */
    static Row of(String what, Phase phase, String why, AlgorithmByServer ways, Manual manual, String... example) {
        return new Row(what, phase, why, ways, manual, List.of(), List.of(example));
    }

    /** The same row, whose example needs more statements before. */
    Row given(String... statements) {
        return new Row(what, phase, why, ways, manual, List.of(statements), example);
    }

    /** All statements before the example, in order. */
    public List<String> before() {
        return java.util.stream.Stream.concat(TABLE.stream(), given.stream()).toList();
    }
}
