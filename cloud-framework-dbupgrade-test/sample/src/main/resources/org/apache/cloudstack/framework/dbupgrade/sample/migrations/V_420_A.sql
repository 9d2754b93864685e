-- Image stores instead of secondary storage hosts, network ACLs, affinity groups, and uuids become unique.
-- dbupgrade: phase=expand
-- dbupgrade: waive=phase-contradicted because servers of 4.1 write random uuids, of which none is a double
-- dbupgrade: waive=literal-id because operators add no rows to hypervisor_capabilities

CREATE TABLE `image_store` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NOT NULL,
    `image_provider_name` VARCHAR(255) NOT NULL,
    `protocol` VARCHAR(255) NOT NULL,
    `url` VARCHAR(255) NULL,
    `data_center_id` BIGINT UNSIGNED NULL,
    `scope` VARCHAR(255) NULL,
    `role` VARCHAR(255) NULL,
    `parent` VARCHAR(255) NULL COMMENT 'folder; is filled by the storage VM',
    `created` DATETIME NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_image_store__uuid` (`uuid`),
    KEY `i_image_store__data_center_id` (`data_center_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `template_store_ref` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `store_id` BIGINT UNSIGNED NOT NULL,
    `template_id` BIGINT UNSIGNED NOT NULL,
    `store_role` VARCHAR(255) NOT NULL DEFAULT 'Image',
    `state` VARCHAR(255) NOT NULL,
    `download_state` VARCHAR(255) NULL,
    `install_path` VARCHAR(255) NULL,
    `size` BIGINT UNSIGNED NULL,
    `created` DATETIME NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_template_store_ref__store_template` (`store_id`, `template_id`),
    KEY `i_template_store_ref__template_id` (`template_id`),
    CONSTRAINT `fk_template_store_ref__store_id` FOREIGN KEY (`store_id`) REFERENCES `image_store` (`id`)
        ON DELETE CASCADE,
    CONSTRAINT `fk_template_store_ref__template_id` FOREIGN KEY (`template_id`) REFERENCES `vm_template` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `network_acl` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NOT NULL,
    `vpc_id` BIGINT UNSIGNED NULL COMMENT 'none: for every VPC',
    `description` VARCHAR(1024) NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_network_acl__uuid` (`uuid`),
    KEY `i_network_acl__vpc_id` (`vpc_id`),
    CONSTRAINT `fk_network_acl__vpc_id` FOREIGN KEY (`vpc_id`) REFERENCES `vpc` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `affinity_group` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NOT NULL,
    `type` VARCHAR(255) NOT NULL,
    `description` VARCHAR(4096) NULL,
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_affinity_group__uuid` (`uuid`),
    UNIQUE KEY `uk_affinity_group__account_name` (`account_id`, `name`(191)),
    CONSTRAINT `fk_affinity_group__account_id` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

INSERT INTO `network_acl` (`id`, `uuid`, `name`, `vpc_id`, `description`) VALUES
    (1, '00000000-0000-4000-8000-000000160001', 'default_deny', NULL, 'Nothing in; nothing out'),
    (2, '00000000-0000-4000-8000-000000160002', 'default_allow', NULL, 'All in; all out');
ALTER TABLE `networks` ADD COLUMN `network_acl_id` BIGINT UNSIGNED NULL AFTER `vpc_id`;
UPDATE `networks` SET `network_acl_id` = 1 WHERE `vpc_id` IS NOT NULL;

# a storage host becomes an image store of the same id
INSERT INTO `image_store` (`id`, `uuid`, `name`, `image_provider_name`, `protocol`, `url`, `data_center_id`, `scope`,
    `role`, `created`, `removed`)
SELECT h.id, h.uuid, h.name, 'NFS', 'nfs', h.url, h.data_center_id, 'ZONE', 'Image', h.created, h.removed
FROM `host` h
WHERE h.type = 'SecondaryStorage'
ORDER BY h.id;

INSERT INTO `template_store_ref` (`store_id`, `template_id`, `state`, `download_state`, `install_path`, `size`,
    `created`)
SELECT s.id, t.id, 'Ready', 'DOWNLOADED', CONCAT('template/tmpl/', t.account_id, '/', t.id, '/'), t.size, t.created
FROM `image_store` s
CROSS JOIN `vm_template` t
WHERE s.removed IS NULL AND t.removed IS NULL
ORDER BY s.id, t.id;

ALTER TABLE `vm_instance` ADD UNIQUE KEY `uk_vm_instance__uuid` (`uuid`);
ALTER TABLE `volumes` ADD UNIQUE KEY `uk_volumes__uuid` (`uuid`);
ALTER TABLE `nics` ADD UNIQUE KEY `uk_nics__uuid` (`uuid`);

ALTER TABLE `volumes`
    ADD COLUMN `format` VARCHAR(255) NULL,
    ADD COLUMN `min_iops` BIGINT UNSIGNED NULL,
    ADD COLUMN `max_iops` BIGINT UNSIGNED NULL;
ALTER TABLE `storage_pool` ADD COLUMN `hypervisor` VARCHAR(32) NULL;
ALTER TABLE `vm_instance` ADD COLUMN `disk_offering_id` BIGINT UNSIGNED NULL;
ALTER TABLE `snapshots` ADD COLUMN `hypervisor_type` VARCHAR(32) NULL;

INSERT INTO `configuration` (`category`, `instance`, `component`, `name`, `value`, `description`) VALUES
    ('Advanced', 'DEFAULT', 'NetworkManager', 'router.template.kvm', 'SystemVM Template (KVM)', NULL),
    ('Advanced', 'DEFAULT', 'NetworkManager', 'router.template.xenserver', 'SystemVM Template (XenServer)', NULL),
    ('Advanced', 'DEFAULT', 'NetworkManager', 'router.template.vmware', 'SystemVM Template (vSphere)', NULL),
    ('Advanced', 'DEFAULT', 'NetworkManager', 'router.template.lxc', 'SystemVM Template (LXC)', NULL),
    ('Advanced', 'DEFAULT', 'NetworkManager', 'router.template.hyperv', 'SystemVM Template (HyperV)', NULL);

INSERT INTO `hypervisor_capabilities` (`id`, `uuid`, `hypervisor_type`, `hypervisor_version`, `max_guests_limit`) VALUES
    (6, '00000000-0000-4000-8000-000000100006', 'LXC', 'default', 50),
    (7, '00000000-0000-4000-8000-000000100007', 'XenServer', '6.1.0', 150);
