-- Resources that can be hidden, portable addresses, Hyper-V, and usage records per zone and month.
-- dbupgrade: waive=literal-id because operators add no rows to hypervisor_capabilities

ALTER TABLE `vm_instance` ADD COLUMN `display_vm` TINYINT(1) NOT NULL DEFAULT 1;
ALTER TABLE `volumes` ADD COLUMN `display_volume` TINYINT(1) NOT NULL DEFAULT 1;
ALTER TABLE `networks` ADD COLUMN `display_network` TINYINT(1) NOT NULL DEFAULT 1;
ALTER TABLE `user_ip_address` ADD COLUMN `is_portable` TINYINT(1) NOT NULL DEFAULT 0;

CREATE TABLE `user_vm_details` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `vm_id` BIGINT UNSIGNED NOT NULL,
    `name` VARCHAR(255) NOT NULL,
    `value` VARCHAR(1024) NOT NULL,
    `display` TINYINT(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_user_vm_details__vm_name` (`vm_id`, `name`(191)),
    CONSTRAINT `fk_user_vm_details__vm_id` FOREIGN KEY (`vm_id`) REFERENCES `vm_instance` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

# XenServer VMs remember which drivers their guest has
INSERT INTO `user_vm_details` (`vm_id`, `name`, `value`)
SELECT v.id, 'hypervisortoolsversion', IF(o.display_name LIKE 'Windows%', 'xenserver61', 'xenserver56')
FROM `vm_instance` v
INNER JOIN `guest_os` o ON o.id = v.guest_os_id
WHERE v.type = 'User' AND v.hypervisor_type = 'XenServer' AND v.removed IS NULL
ORDER BY v.id;

INSERT INTO `hypervisor_capabilities` (`id`, `uuid`, `hypervisor_type`, `hypervisor_version`, `max_guests_limit`,
    `security_group_enabled`)
VALUES (8, '00000000-0000-4000-8000-000000100008', 'Hyperv', '6.2', 1024, 0);

/* Levels were written by several servers in their own way. */
UPDATE `event` SET `level` = UPPER(`level`) WHERE `level` COLLATE utf8mb4_bin <> UPPER(`level`);

USE `cloud_usage`;
CREATE TABLE `usage_month` (
    `zone_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `usage_type` INT UNSIGNED NOT NULL,
    `month_start` DATE NOT NULL,
    `raw_usage` DECIMAL(26,6) NOT NULL,
    PRIMARY KEY (`zone_id`, `account_id`, `usage_type`, `month_start`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
INSERT INTO `usage_month` (`zone_id`, `account_id`, `usage_type`, `month_start`, `raw_usage`)
SELECT u.zone_id, u.account_id, u.usage_type, CAST(DATE_FORMAT(u.start_date, '%Y-%m-01') AS DATE), SUM(u.raw_usage)
FROM `cloud_usage` u
GROUP BY u.zone_id, u.account_id, u.usage_type, CAST(DATE_FORMAT(u.start_date, '%Y-%m-01') AS DATE);
