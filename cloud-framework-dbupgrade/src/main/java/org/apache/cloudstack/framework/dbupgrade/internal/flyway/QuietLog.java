package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes all that Flyway says to level DEBUG. What it says to operators is not true here: it knows no resuming, and its
 * banner is not ours to show.
 */
public final class QuietLog implements LogCreator {

    @Override
    public Log createLogger(Class<?> type) {
        return new Quiet(LoggerFactory.getLogger(type));
    }

    private record Quiet(Logger logger) implements Log {

        @Override
        public void debug(String message) {
            logger.trace(message);
        }

        @Override
        public void info(String message) {
            logger.debug(message);
        }

        @Override
        public void warn(String message) {
            logger.debug(message);
        }

        @Override
        public void error(String message) {
            logger.debug(message);
        }

        @Override
        public void error(String message, Exception cause) {
            logger.debug(message, cause);
        }

        @Override
        public void notice(String message) {
            logger.debug(message);
        }
    }
}
