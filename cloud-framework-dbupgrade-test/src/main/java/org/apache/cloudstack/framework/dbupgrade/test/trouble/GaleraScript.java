package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The script that a cluster was started with. It inherits the environment of the tests, so what the script was reported in
 * variables at the start has to be in there.
 */
record GaleraScript(Path path) {

    /** The process of a node, which may have ended. */
    long pid(int node) {
        return Long.parseLong(run("pid", node));
    }

    /** Starts a node that has ended, and returns when it has joined the cluster. */
    void start(int node) {
        run("node", node);
    }

    private String run(String command, int node) {
        List<String> line = List.of("bash", path.toString(), command, Integer.toString(node));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", line) + " ended with " + exit + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in " + String.join(" ", line), e);
        }
    }
}
