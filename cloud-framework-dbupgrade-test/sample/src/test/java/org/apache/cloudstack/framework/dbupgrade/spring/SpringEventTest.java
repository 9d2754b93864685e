package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

class SpringEventTest extends SpringTest {

    @Test
    void anApplicationListenerHearsEveryEventAtOnce() {
        application(LINE).withBean(Live.class).run(context -> assertThat(context.getBean(Live.class).heard)
                .extracting(UpgradeEvent::getClass)
                .hasSizeGreaterThan(5)
                .startsWith(UpgradeEvent.Started.class, UpgradeEvent.MigrationStarted.class)
                .endsWith(UpgradeEvent.Finished.class));
    }

    @Test
    void anEventListenerMethodHearsTheClosingEvent() {
        application(LINE).withBean(Closing.class).run(context -> assertThat(context.getBean(Closing.class).heard)
                .singleElement()
                .satisfies(event -> assertThat(event.report().runs()).hasSize(2)));
    }

    @Test
    void theClosingEventIsPublishedWhenNothingWasPending() {
        application(LINE).run(context -> {});

        application(LINE).withBean(Closing.class).run(context -> assertThat(context.getBean(Closing.class).heard)
                .singleElement()
                .satisfies(event -> assertThat(event.report().isUpToDate()).isTrue()));
    }

    @Test
    void theClosingEventIsNotPublishedWhenTheDatabaseWasOnlyValidated() {
        application(LINE).run(context -> {});

        application(LINE)
                .withBean(Closing.class)
                .withPropertyValues("cloud.dbupgrade.mode=validate")
                .run(context -> assertThat(context.getBean(Closing.class).heard).isEmpty());
    }

    @Test
    void anUpgradeListenerBeanIsTold() {
        List<UpgradeEvent> heard = new ArrayList<>();

        application(LINE)
                .withBean("mine", UpgradeListener.class, () -> heard::add)
                .run(context -> assertThat(heard).last().isInstanceOf(UpgradeEvent.Finished.class));
    }

    @Test
    void explainsThatAnApplicationListenerCannotUseAClientBean() {
        application(LINE).withBean(GreedyLive.class).run(context -> assertThat(context.getStartupFailure())
                .hasRootCauseInstanceOf(TooEarlyException.class)
                .hasStackTraceContaining("application listeners"));
    }

    static class Live implements ApplicationListener<PayloadApplicationEvent<? extends UpgradeEvent>> {

        final List<UpgradeEvent> heard = new ArrayList<>();

        @Override
        public void onApplicationEvent(PayloadApplicationEvent<? extends UpgradeEvent> event) {
            heard.add(event.getPayload());
        }
    }

    static class GreedyLive extends Live {

        final JdbcClient jdbc;

        GreedyLive(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }
    }

    static class Closing {

        final List<DatabaseUpgradedEvent> heard = new ArrayList<>();

        @EventListener
        void upgraded(DatabaseUpgradedEvent event) {
            heard.add(event);
        }
    }
}
