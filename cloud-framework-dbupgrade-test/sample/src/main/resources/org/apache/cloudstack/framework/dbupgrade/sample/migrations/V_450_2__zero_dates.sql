-- Alerts of old servers say "not resolved" with a zero date; it becomes NULL.
-- dbupgrade: sql_mode=NO_ENGINE_SUBSTITUTION

UPDATE `alert` SET `resolved` = NULL WHERE `resolved` = '0000-00-00 00:00:00';
ALTER TABLE `alert` ADD COLUMN `archived` TINYINT(1) NOT NULL DEFAULT 0;
ALTER TABLE `event` ADD COLUMN `archived` TINYINT(1) NOT NULL DEFAULT 0;
UPDATE `alert` SET `archived` = 1 WHERE `resolved` IS NOT NULL AND `resolved` < '2013-01-01 00:00:00';
