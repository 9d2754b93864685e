package org.apache.cloudstack.framework.dbupgrade.upgrade;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What this library and Flyway log until it is closed, at every level, instead of where it goes otherwise. */
final class CapturedLog implements AutoCloseable {

    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final List<Redirected> redirected = new ArrayList<>();

    CapturedLog() {
        events.start();
        List.of("org.apache.cloudstack.framework.dbupgrade", DatabaseUpgrade.class.getName(), "org.flywaydb")
                .forEach(name -> redirected.add(Redirected.to(events, name)));
    }

    /** Level, text and stack trace of each event. */
    List<String> lines() {
        return events.list.stream().map(CapturedLog::text).toList();
    }

    private static String text(ILoggingEvent event) {
        String stackTrace =
                event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getLevel() + " " + event.getFormattedMessage() + stackTrace;
    }

    @Override
    public void close() {
        redirected.forEach(logger -> logger.back(events));
    }

    private record Redirected(Logger logger, @Nullable Level level) {

        static Redirected to(ListAppender<ILoggingEvent> events, String name) {
            Logger logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(name);
            Redirected redirected = new Redirected(logger, logger.getLevel());
            logger.setLevel(Level.TRACE);
            logger.setAdditive(false);
            logger.addAppender(events);
            return redirected;
        }

        void back(ListAppender<ILoggingEvent> events) {
            logger.detachAppender(events);
            logger.setAdditive(true);
            logger.setLevel(level);
        }
    }
}
