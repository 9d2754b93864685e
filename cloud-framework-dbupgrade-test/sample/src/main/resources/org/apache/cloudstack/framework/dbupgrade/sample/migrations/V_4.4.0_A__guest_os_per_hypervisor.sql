-- Names of guest systems as each hypervisor calls them, and more of them.
-- dbupgrade: waive=literal-id because ids below 1000 of these tables are kept for releases

CREATE TABLE `guest_os_hypervisor` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `hypervisor_type` VARCHAR(32) NOT NULL,
    `hypervisor_version` VARCHAR(32) NOT NULL DEFAULT 'default',
    `guest_os_id` BIGINT UNSIGNED NOT NULL,
    `guest_os_name` VARCHAR(255) NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_guest_os_hypervisor__uuid` (`uuid`),
    UNIQUE KEY `uk_guest_os_hypervisor__os` (`guest_os_id`, `hypervisor_type`, `hypervisor_version`),
    CONSTRAINT `fk_guest_os_hypervisor__guest_os_id` FOREIGN KEY (`guest_os_id`) REFERENCES `guest_os` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

SET foreign_key_checks = 0;
INSERT INTO `guest_os` (`id`, `uuid`, `category_id`, `name`, `display_name`) VALUES
    (12, '00000000-0000-4000-8000-0000000f0012', 1, NULL, 'CentOS 6.5 (64-bit)'),
    (13, '00000000-0000-4000-8000-0000000f0013', 4, NULL, 'Ubuntu 14.04 (64-bit)'),
    (14, '00000000-0000-4000-8000-0000000f0014', 7, NULL, 'CoreOS');
INSERT INTO `guest_os_category` (`id`, `uuid`, `name`) VALUES (7, '00000000-0000-4000-8000-0000000e0007', 'CoreOS');
SET foreign_key_checks = 1;

INSERT INTO `guest_os_hypervisor` (`id`, `hypervisor_type`, `guest_os_id`, `guest_os_name`)
SELECT o.id, 'KVM', o.id, o.display_name FROM `guest_os` o ORDER BY o.id;
INSERT INTO `guest_os_hypervisor` (`id`, `hypervisor_type`, `guest_os_id`, `guest_os_name`)
SELECT 1000 + o.id, 'XenServer', o.id, CONCAT(o.display_name, IF(c.name = 'Windows', ' with PV drivers', ''))
FROM `guest_os` o
INNER JOIN `guest_os_category` c ON c.id = o.category_id
ORDER BY o.id;
