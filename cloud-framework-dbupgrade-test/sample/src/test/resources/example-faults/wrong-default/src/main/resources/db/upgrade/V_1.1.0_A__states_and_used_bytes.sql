ALTER TABLE `volume` ADD COLUMN `state` VARCHAR(16) NOT NULL DEFAULT 'redy';
ALTER TABLE `pool` ADD COLUMN `used_bytes` BIGINT NOT NULL DEFAULT 0;
UPDATE `volume` SET `state` = 'empty' WHERE `megabytes` = 0;
