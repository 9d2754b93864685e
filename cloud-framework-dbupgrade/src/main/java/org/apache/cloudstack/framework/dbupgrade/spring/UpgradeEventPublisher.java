package org.apache.cloudstack.framework.dbupgrade.spring;

import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes every event of an upgrade to the application, at once and in the thread of the upgrade. */
final class UpgradeEventPublisher implements UpgradeListener {

    private final ConfigurableBeanFactory factory;
    private final ApplicationEventPublisher publisher;

    UpgradeEventPublisher(ConfigurableBeanFactory factory, ApplicationEventPublisher publisher) {
        this.factory = factory;
        this.publisher = publisher;
    }

    @Override
    public void on(UpgradeEvent event) {
        TooEarlyException.explain(factory, "Beans that are application listeners for upgrade events", () -> {
            publisher.publishEvent(event);
            return event;
        });
    }
}
