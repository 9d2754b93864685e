package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the threads of another process of ours are doing, as Linux reports in {@code /proc/<pid>/task/<thread>/syscall}: the number
 * of the system call that each is in, with its arguments, or {@code running}.
 *
 * @param tasks the directory with one directory for each thread
 */
record ThreadStates(Path tasks) {

    /** The number of {@code futex}, in which a thread waits for another, by the names that Java has for processors. */
    private static final Map<String, String> FUTEX = Map.of("amd64", "202", "aarch64", "98");

    private static final int TIMEOUT = 4;

    static ThreadStates of(long process) {
        return new ThreadStates(Path.of("/proc", Long.toString(process), "task"));
    }

    /**
     * Whether each thread waits for another one, and none for a server, a disk or a time to pass: it will do so for ever. False
     * where the system does not show.
     */
    boolean waitForEachOther() {
        String futex = FUTEX.get(System.getProperty("os.arch", ""));
        if (futex == null) {
            return false;
        }
        int threads = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(tasks)) {
            for (Path thread : folders) {
                if (!isWaitingForEver(Files.readString(thread.resolve("syscall")), futex)) {
                    return false;
                }
                threads++;
            }
        } catch (IOException e) {
            return false;
        }
        return threads > 0;
    }

    private static boolean isWaitingForEver(String call, String futex) {
        String[] words = call.strip().split(" ");
        return words[0].equals(futex) && words.length > TIMEOUT && words[TIMEOUT].equals("0x0");
    }
}
