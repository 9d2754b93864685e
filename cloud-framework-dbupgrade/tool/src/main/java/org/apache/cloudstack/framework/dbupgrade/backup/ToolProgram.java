package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;

/**
 * An executable of one of the two products, as it introduces itself; on many systems {@code mysqldump} is MariaDB's.
 *
 * @param path where it is
 * @param product whose it is
 * @param version such as {@code 11.4.5-MariaDB}
 */
record ToolProgram(Path path, ServerProduct product, String version) {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    private static final int LONGEST_TEXT = 1 << 16;
    private static final Pattern VERSION = Pattern.compile(
            "\\b(?:mysql|mariadb).*?(?:Distrib|from|Ver) (\\d+\\.\\d+\\.\\d+[\\w.+-]*)", Pattern.DOTALL);

    /** Asks the file for its version; empty when it is no executable of these products. */
    static Optional<ToolProgram> at(Path path) throws InterruptedException {
        if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
            return Optional.empty();
        }
        try {
            String answer = answer(path, "--version");
            Matcher version = VERSION.matcher(answer);
            if (!version.find()) {
                return Optional.empty();
            }
            boolean mariaDb = answer.toLowerCase(Locale.ROOT).contains("-mariadb");
            ServerProduct product = mariaDb ? ServerProduct.MARIADB : ServerProduct.MYSQL;
            return Optional.of(new ToolProgram(path, product, version.group(1)));
        } catch (IOException e) {
            // what cannot be started is none
            return Optional.empty();
        }
    }

    /** What it says of itself; empty when that does not end well. */
    static String answer(Path path, String question) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(path.toString(), question)
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                return "";
            }
            return new String(process.getInputStream().readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    @Override
    public String toString() {
        return path + " (of " + product + ", version " + version + ")";
    }
}
