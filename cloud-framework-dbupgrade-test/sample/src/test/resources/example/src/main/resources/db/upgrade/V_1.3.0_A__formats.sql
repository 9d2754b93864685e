ALTER TABLE `volume` ADD COLUMN `format` VARCHAR(16) NOT NULL DEFAULT 'qcow2';
CREATE INDEX `i_volume__state` ON `volume` (`state`);
