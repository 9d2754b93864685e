package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The process of an executable that reads databases.
 *
 * @param process the process
 * @param parent the one that started it
 * @param options the file that its command line names
 */
record RunningDump(ProcessHandle process, ProcessHandle parent, Path options) {

    private static final String OPTIONS = "--defaults-file=";

    /** Waits until one started by this process, or by a child of it, waits for a lock. */
    static RunningDump awaitIn(BackupBench bench) {
        await().until(() -> bench.database.rows("SHOW PROCESSLIST").toString().contains("metadata lock"));
        return ProcessHandle.current()
                .descendants()
                .filter(process -> read(process, "cmdline").contains("--single-transaction"))
                .map(process -> new RunningDump(process, process.parent().orElseThrow(), options(process)))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a process that may be looked at has this text in its command line or its environment. */
    static boolean anyProcessShows(String text) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> (read(process, "cmdline") + read(process, "environ")).contains(text));
    }

    private static Path options(ProcessHandle process) {
        return Stream.of(read(process, "cmdline").split("\0"))
                .filter(argument -> argument.startsWith(OPTIONS))
                .map(argument -> Path.of(argument.substring(OPTIONS.length())))
                .findFirst()
                .orElseThrow();
    }

    /** Nothing of a process that is gone, or another user's. */
    private static String read(ProcessHandle process, String file) {
        try {
            byte[] content = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), file));
            return new String(content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
