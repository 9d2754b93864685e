-- Cleans VPCs up twice as often; only data changes.
-- dbupgrade: reason=dead VPCs hold public addresses that platforms run short of

UPDATE `configuration` SET `value` = '1800' WHERE `name` = 'vpc.cleanup.interval';
