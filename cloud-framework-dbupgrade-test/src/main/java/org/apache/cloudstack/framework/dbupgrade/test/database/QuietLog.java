package org.apache.cloudstack.framework.dbupgrade.test.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;

/**
 * A logger that is deferred while something is tried. The libraries of the servers report every step as news, and
 * the lack of a Docker engine, which is normal here, as an error with advice.
 */
record QuietLog(String name, LogLevel level) {

    /** Something that is tried, and may fail in one way. */
    interface Action<T, E extends Exception> {
        T run() throws E;
    }

    <T, E extends Exception> T during(Action<T, E> action) throws E {
        LoggingSystem logging = LoggingSystem.get(QuietLog.class.getClassLoader());
        LogLevel before = configuredLevel(logging);
        logging.setLogLevel(name, level);
        try {
            return action.run();
        } finally {
            logging.setLogLevel(name, before);
        }
    }

    /** For a library that goes on reporting from threads of its own. */
    void fromNowOn() {
        LoggingSystem.get(QuietLog.class.getClassLoader()).setLogLevel(name, level);
    }

    private @Nullable LogLevel configuredLevel(LoggingSystem logging) {
        LoggerConfiguration configuration = logging.getLoggerConfiguration(name);
        return configuration == null ? null : configuration.getConfiguredLevel();
    }
}
