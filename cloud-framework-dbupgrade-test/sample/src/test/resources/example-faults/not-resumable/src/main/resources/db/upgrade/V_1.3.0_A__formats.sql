ALTER TABLE `volume` ADD COLUMN `format` VARCHAR(16) NOT NULL DEFAULT 'qcow2';
SET @addition = 'CREATE INDEX `i_volume__state` ON `volume` (`state`)';
PREPARE addition FROM @addition;
EXECUTE addition;
DEALLOCATE PREPARE addition;
