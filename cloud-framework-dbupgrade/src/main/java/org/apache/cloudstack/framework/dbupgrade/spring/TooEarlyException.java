package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.function.Supplier;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Thrown when a bean that takes part in the upgrade needs a bean that waits for the upgrade. The cycle itself is suppressed
 * and not the cause, since Spring Boot would else explain it in general terms.
 */
final class TooEarlyException extends FailureAnalyzedException {

    private static final long serialVersionUID = 1L;

    private TooEarlyException(String part, String bean) {
        super(
                part
                        + " take part in the database upgrade, and one of them needs a bean that waits for the upgrade (the"
                        + " cycle closes at bean '" + bean + "').",
                "Do not inject JdbcClient, JdbcTemplate, repositories or what uses them there. A migration has its"
                        + " connection in MigrationContext, a check has a client in PreflightContext.");
    }

    /** Gets beans for the upgrade; a cycle among them that closes outside the upgrade is left to Spring Boot to explain. */
    static <T> T explain(ConfigurableBeanFactory factory, String part, Supplier<T> beans) {
        try {
            return beans.get();
        } catch (BeanCreationException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BeanCurrentlyInCreationException cycle
                        && cycle.getBeanName() != null
                        && factory.isCurrentlyInCreation(cycle.getBeanName())) {
                    TooEarlyException explained = new TooEarlyException(part, cycle.getBeanName());
                    explained.addSuppressed(e);
                    throw explained;
                }
            }
            throw e;
        }
    }
}
