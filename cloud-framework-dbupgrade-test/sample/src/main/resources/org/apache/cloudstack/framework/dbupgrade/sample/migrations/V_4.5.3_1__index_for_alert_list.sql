-- An index for the list of open alerts.
-- dbupgrade: waive=patch-changes-schema because platforms with many alerts cannot wait for the next release
-- dbupgrade: reason=the list times out where monitoring has written some hundred thousand alerts

ALTER TABLE `alert` ADD KEY `i_alert__archived_created` (`archived`, `created`);
