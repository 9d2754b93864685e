package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;
import org.apache.cloudstack.framework.dbupgrade.internal.text.PlainText;

/**
 * Standard error as an operator sees it: lines that stay, and on a terminal below them one that shows what is going on. Where
 * there is no terminal, what goes on becomes a line of its own when it takes longer than a second.
 */
final class Screen {

    private static final String CLEAR = "\r\u001B[K";
    private static final Duration SILENCE = Duration.ofMillis(800);

    private final PrintWriter err;
    private final Terminal terminal;
    private final Lines lines;
    private String doing = "";
    private String bar = "";
    private long since = System.nanoTime() - sinceStart().toNanos();
    private boolean isTold;
    private boolean isShown;
    private boolean isAsked;

    Screen(PrintWriter err, Terminal terminal) {
        this.err = err;
        this.terminal = terminal;
        this.lines = Lines.onErr(terminal);
    }

    /** The operator waited for the start of Java too. */
    private static Duration sinceStart() {
        Instant now = Instant.now();
        return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    }

    /** What follows starts on a line of its own, unless the question is answered, and so ended, before. */
    synchronized void asked(boolean isOpen) {
        isAsked = isOpen;
    }

    /** Writes a line that stays. */
    synchronized void line(String text) {
        hide();
        if (isAsked) {
            err.println();
            isAsked = false;
        }
        lines.of(text).forEach(err::println);
        show();
    }

    /** From now on the tool is at this, as a phrase such as {@code Reading the migrations}. */
    synchronized void doing(String what) {
        if (!what.equals(doing)) {
            since = doing.isEmpty() ? since : System.nanoTime();
            doing = what;
            bar = "";
            isTold = false;
            show();
        }
    }

    /** The same until the activity is closed; then it is again at what it was before. */
    synchronized Activity meanwhile(String what) {
        String before = doing;
        boolean wasTold = isTold;
        doing(what);
        return () -> again(before, wasTold);
    }

    private synchronized void again(String before, boolean wasTold) {
        doing(before);
        isTold = wasTold;
    }

    /** Something that the tool is at. */
    interface Activity extends AutoCloseable {
        @Override
        void close();
    }

    /** How far it is with what it is doing. */
    synchronized void progress(String text) {
        bar = text;
        show();
    }

    /** Nothing is going on any more. */
    synchronized void idle() {
        doing = "";
        bar = "";
        since = System.nanoTime();
        hide();
    }

    /** To be called several times a second. */
    synchronized void tick() {
        if (terminal.err()) {
            show();
        } else if (!doing.isEmpty() && !isTold && elapsed().compareTo(SILENCE) > 0) {
            isTold = true;
            lines.of(doing + " …").forEach(err::println);
            err.flush();
        }
    }

    /** A stream for what others write there, such as the log. */
    OutputStream around(OutputStream stream) {
        return new FilterOutputStream(stream) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                synchronized (Screen.this) {
                    hide();
                    out.write(bytes, offset, length);
                    out.flush();
                }
            }

            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }
        };
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private void hide() {
        if (isShown) {
            err.print(CLEAR);
            isShown = false;
        }
        err.flush();
    }

    private void show() {
        boolean isQuick = bar.isEmpty() && elapsed().compareTo(SILENCE) < 0;
        if (terminal.err() && !doing.isEmpty() && !isQuick) {
            String time = elapsed().compareTo(SILENCE) < 0 ? "" : " … " + Durations.text(elapsed());
            String text = PlainText.line(bar.isEmpty() ? doing : bar);
            // a line that reaches the last column would scroll
            int longest = terminal.width() - 1 - time.length();
            err.print(CLEAR + text.substring(0, Math.min(text.length(), longest)) + time);
            isShown = true;
        }
        err.flush();
    }
}
