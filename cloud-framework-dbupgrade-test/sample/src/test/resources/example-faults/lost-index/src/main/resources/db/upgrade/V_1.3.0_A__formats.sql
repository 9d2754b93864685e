CREATE TABLE `volume_new` (
  `id` BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  `pool_id` BIGINT NOT NULL,
  `name` VARCHAR(60) NOT NULL,
  `megabytes` INT NOT NULL,
  `state` VARCHAR(16) NOT NULL DEFAULT 'ready',
  `format` VARCHAR(16) NOT NULL DEFAULT 'qcow2',
  KEY `i_volume__state` (`state`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
INSERT INTO `volume_new` (`id`, `pool_id`, `name`, `megabytes`, `state`)
SELECT `id`, `pool_id`, `name`, `megabytes`, `state` FROM `volume`;
ALTER TABLE `snapshot` DROP FOREIGN KEY `fk_snapshot__volume_id`;
DROP TABLE `volume`;
RENAME TABLE `volume_new` TO `volume`;
ALTER TABLE `volume` ADD CONSTRAINT `fk_volume__pool_id` FOREIGN KEY (`pool_id`) REFERENCES `pool` (`id`);
ALTER TABLE `snapshot` ADD CONSTRAINT `fk_snapshot__volume_id` FOREIGN KEY (`volume_id`) REFERENCES `volume` (`id`);
