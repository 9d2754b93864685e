package org.apache.cloudstack.framework.dbupgrade.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks the running server at its own address, and shows where a person can ask it too. */
@Component
class Announcement {

    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

    void show(String address) {
        String answer = RestClient.create(address).get().uri("/").retrieve().body(String.class);
        LOG.info("The management server answers at {}/ : {}", address, answer);
        LOG.info("Its health is at {}/actuator/health, its upgrades are at {}/actuator/dbupgrade", address, address);
        LOG.info("Stop it with Ctrl-C");
    }
}
