package org.apache.cloudstack.framework.dbupgrade.example;

import java.util.List;
import java.util.Locale;

/** A mistake that the test of the example finds; its files are in a directory of the same name. */
enum PlantedFault {
    FORGOTTEN_PATH(
            Of.PATHS,
            "The way '1.1.1 -> 1.3.0' stops at release 1.3.0",
            "CHANGE_NOT_IN_TARGET",
            "V_1.1.1_A__keep_trash_longer.sql"),
    MISSING_COLUMN(
            Of.PATHS,
            "At the end of the way '1.1.0 -> 1.2.0 -> 1.3.0'",
            "It is another database than at the end of 'fresh 1.3.0'",
            "column  volumes.volume_archive.deleted",
            "missing"),
    WRONG_DEFAULT(
            Of.PATHS,
            "It is not what schema/1.1.0.json declares",
            "column  volumes.volume.state",
            "DEFAULT 'ready'",
            "DEFAULT 'redy'"),
    LOST_INDEX(
            Of.PATHS, "It is not what schema/1.3.0.json declares", "index", "volumes.volume.i_volume__name", "missing"),
    MISSED_ROWS(Of.ROWS, "The database is not as its release declares", "T_1.1.0_B__used_bytes.sql:2  used bytes"),
    NOT_RESUMABLE(Of.INTERRUPTIONS, "The next upgrade asks the operator", "V_1.3.0_A__formats.sql"),
    NON_COMMUTING_PATCH(
            Of.PATHS,
            "The way 'fresh 1.3.0' stops at release 1.3.0",
            "CONFLICT",
            "V_1.1.1_A__keep_trash_longer.sql",
            "volumes.setting.value"),
    OUTDATED_SNAPSHOT(
            Of.PATHS,
            "The snapshot schema/1.3.0.json was taken when release 1.3.0 had the id",
            "column  volumes.snapshot.note"),
    CONTRACT_IN_PATCH(
            Of.PATHS, "The migrations break rules", "V_1.1.1_A__keep_trash_longer.sql", "[contract-in-patch]"),
    IGNORED_CHECKPOINT(Of.INTERRUPTIONS, "The upgrade was interrupted", "V_1_1_0_B", "volumes.pool", "used_bytes"),
    BROKEN_VIEW(Of.PATHS, "The way '1.2.0 -> 1.3.0' stops", "R_volume_list.sql reads volumes.pool.name"),
    CHARSET_DIFFERENCE(
            Of.PATHS,
            "At the end of the way '1.1.0 -> 1.2.0 -> 1.3.0'",
            "column  volumes.setting.remark",
            "utf8mb4",
            "latin1");

    /** The methods of the one test class. */
    private static final class Of {
        static final String PATHS = "everyWayEndsInTheSameDatabase";
        static final String ROWS = "poolsLearnHowMuchOfThemIsUsed";
        static final String INTERRUPTIONS = "anInterruptedUpgradeGoesOn";
    }

    private final String test;
    private final List<String> words;

    PlantedFault(String test, String... words) {
        this.test = test;
        this.words = List.of(words);
    }

    /** The directory of its files, and the name of the module that has it. */
    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The test that finds it; the others need not run. */
    String test() {
        return test;
    }

    /** What a message about it contains. */
    List<String> words() {
        return words;
    }
}
