-- Regions, uuids of VMs, volumes and nics (filled by V_410_C), and settings of the new release.
-- dbupgrade: phase=expand

CREATE TABLE `region` (
    `id` INT UNSIGNED NOT NULL,
    `name` VARCHAR(255) NOT NULL,
    `end_point` VARCHAR(255) NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_region__name` (`name`(191))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

INSERT INTO `region` (`id`, `name`, `end_point`) VALUES (1, 'Local', 'http://localhost:8080/client/');

ALTER TABLE `account` ADD COLUMN `region_id` INT UNSIGNED NOT NULL DEFAULT 1;
ALTER TABLE `account` ADD COLUMN `default_zone_id` BIGINT UNSIGNED NULL AFTER `network_domain`;
ALTER TABLE `user` ADD COLUMN `region_id` INT UNSIGNED NOT NULL DEFAULT 1;
ALTER TABLE `domain` ADD COLUMN `region_id` INT UNSIGNED NOT NULL DEFAULT 1;

ALTER TABLE `vm_instance` ADD COLUMN `uuid` VARCHAR(40) NULL AFTER `name`;
ALTER TABLE `volumes` ADD COLUMN `uuid` VARCHAR(40) NULL AFTER `name`;
ALTER TABLE `nics` ADD COLUMN `uuid` VARCHAR(40) NULL AFTER `id`;

# VMs of the first imports came without a display name
UPDATE `vm_instance` SET `display_name` = `name` WHERE `display_name` IS NULL OR `display_name` = '';

CALL `idempotent_add_index`('volumes', 'i_volumes__last_used', '`data_center_id`, `state`');

INSERT INTO `configuration` (`category`, `instance`, `component`, `name`, `value`, `description`) VALUES
    ('Advanced', 'DEFAULT', 'management-server', 'region.id', '1',
        'The region of this platform; \'1\' is the local one'),
    ('Advanced', 'DEFAULT', 'NetworkManager', 'router.extra.public.nics', '2', 'Public nics to plug; routers only');
UPDATE `configuration` SET `value` = '30' WHERE `name` = 'event.purge.delay' AND `value` = '15';

ALTER TABLE `cloud_usage`.`usage_volume` ADD COLUMN `virtual_note` VARCHAR(255) NULL;
ALTER TABLE `cloud_usage`.`cloud_usage` ADD COLUMN `network_id` BIGINT UNSIGNED NULL;
