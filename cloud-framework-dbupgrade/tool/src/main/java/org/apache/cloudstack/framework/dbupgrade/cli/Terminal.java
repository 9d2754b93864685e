package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the tool's output goes to.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is one
 * @param width the columns of the terminal
 * @param hasColour whether it shows colours and its operator wants them
 */
record Terminal(boolean out, boolean err, int width, boolean hasColour) {

    /** Files and pipes: as wide as the text is, and without colours. */
    static final Terminal NONE = new Terminal(false, false, Integer.MAX_VALUE, false);

    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 40;
    private static final Path TERMINAL = Path.of("/dev/tty");
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

    /**
     * The terminal of this process.
     *
     * @param environment gives the value of an environment variable
     */
    static Terminal of(UnaryOperator<@Nullable String> environment) {
        boolean out = isTerminal(1);
        boolean err = isTerminal(2);
        if (!out && !err) {
            return NONE;
        }
        boolean isUnwanted = !text(environment, "NO_COLOR").isEmpty()
                || text(environment, "TERM").equals("dumb");
        return new Terminal(out, err, widthOf(environment), !isUnwanted);
    }

    /** Whether somebody sees a question and can answer it; some releases of Java have a console for files too. */
    static boolean canAsk() {
        return System.console() != null && isTerminal(0) && isTerminal(1);
    }

    /** Java knows of all three streams together only; Linux shows where each one goes. */
    private static boolean isTerminal(int stream) {
        Path link = Path.of("/proc/self/fd/" + stream);
        try {
            Path target = Files.readSymbolicLink(link);
            return target.startsWith("/dev/pts") || target.startsWith("/dev/tty") || target.startsWith("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    private static int widthOf(UnaryOperator<@Nullable String> environment) {
        int width = stated(text(environment, "COLUMNS")).or(Terminal::measured).orElse(USUAL_WIDTH);
        return Math.max(NARROWEST, width);
    }

    private static Optional<Integer> stated(String columns) {
        return columns.matches("[1-9]\\d{0,4}") ? Optional.of(Integer.valueOf(columns)) : Optional.empty();
    }

    private static Optional<Integer> measured() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File(TERMINAL.toString()))
                    .redirectErrorStream(true)
                    .start();
            Matcher size = SIZE.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            boolean isKnown = stty.waitFor(1, TimeUnit.SECONDS) && size.matches();
            return isKnown ? stated(size.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String text(UnaryOperator<@Nullable String> environment, String name) {
        String value = environment.apply(name);
        return value == null ? "" : value;
    }

    /** How wide the lines of an answer may be. */
    int widthOfOut() {
        return out ? width : Integer.MAX_VALUE;
    }

    int widthOfErr() {
        return err ? width : Integer.MAX_VALUE;
    }
}
