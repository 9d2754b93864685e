package org.apache.cloudstack.framework.dbupgrade.osc;

import java.nio.file.Path;
import java.util.List;

/**
 * What the executable is asked for: to make the copy and to keep it in step, and nothing else.
 *
 * @param copy the table and its copy
 * @param changes the text after the table's name
 * @param lockSeconds how long a trigger may wait for the table, while others wait after it
 */
record CopyCommand(TableCopy copy, String changes, long lockSeconds) {

    /** When to pause for others is found out here. */
    private static final String NEVER = "Threads_running=1000000";

    List<String> arguments(Path options, Path pause) {
        return List.of(
                "--execute",
                "--no-version-check",
                "--no-swap-tables",
                "--no-drop-triggers",
                "--no-drop-new-table",
                "--no-drop-old-table",
                "--new-table-name=" + copy.copy(),
                "--charset=utf8mb4",
                "--recursion-method=none",
                "--max-load=" + NEVER,
                "--critical-load=" + NEVER,
                "--progress=time,1",
                "--pause-file=" + pause,
                "--set-vars=lock_wait_timeout=" + lockSeconds,
                "--tries=create_triggers:60:1,copy_rows:100:0.25",
                "--alter=" + changes,
                "F=" + options + ",D=" + copy.table().schema() + ",t="
                        + copy.table().name());
    }
}
