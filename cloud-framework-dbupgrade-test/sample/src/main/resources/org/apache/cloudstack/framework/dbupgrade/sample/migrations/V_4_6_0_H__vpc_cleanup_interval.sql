-- Cleans VPCs up four times as often, now that their routers may be two.

UPDATE `configuration` SET `value` = '900' WHERE `name` = 'vpc.cleanup.interval';
