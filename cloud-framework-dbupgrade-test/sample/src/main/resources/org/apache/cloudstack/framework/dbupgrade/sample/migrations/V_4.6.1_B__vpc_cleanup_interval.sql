-- Both lines changed the interval; a quarter of an hour proved too short for large platforms.
-- dbupgrade: reason=the lines that this release joins left two values, depending on their order
-- dbupgrade: resolves=4.5.3_2,4.6.0_H

UPDATE `configuration` SET `value` = '1800' WHERE `name` = 'vpc.cleanup.interval';
