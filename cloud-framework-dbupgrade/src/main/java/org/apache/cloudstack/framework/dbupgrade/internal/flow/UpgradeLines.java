package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.finding.Audience;
import org.apache.cloudstack.framework.dbupgrade.internal.text.PlainText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.MessageFormatter;

/**
 * Where the lines about an upgrade go, and who reads them: the application's log, or the terminal of the tool.
 *
 * @param audience the reader
 * @param information what goes well
 * @param warning what to look at
 * @param error why it stops
 */
public record UpgradeLines(
        Audience audience, Consumer<String> information, Consumer<String> warning, Consumer<String> error) {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseUpgrade.class);

    public static UpgradeLines toLog() {
        return new UpgradeLines(
                Audience.APPLICATION,
                line -> LOG.info("{}", line),
                line -> LOG.warn("{}", line),
                line -> LOG.error("{}", line));
    }

    public static UpgradeLines toTool(Consumer<String> lines) {
        return new UpgradeLines(Audience.TOOL, lines, lines, lines);
    }

    /** Whether the reader finds the report and the failure elsewhere: the tool prints them as its answer. */
    boolean hasAnswer() {
        return audience == Audience.TOOL;
    }

    void info(String format, Object... facts) {
        information.accept(line(format, facts));
    }

    void warn(String format, Object... facts) {
        warning.accept(line(format, facts));
    }

    void error(String format, Object... facts) {
        error.accept(line(format, facts));
    }

    private static String line(String format, Object... facts) {
        Object[] plain =
                Stream.of(facts).map(String::valueOf).map(PlainText::line).toArray();
        return MessageFormatter.basicArrayFormat(format, plain);
    }
}
