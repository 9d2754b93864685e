-- The tables of the machines: zones, pods, clusters, hosts, storage pools and addresses.

CREATE TABLE `data_center` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NOT NULL,
    `description` VARCHAR(255) NULL,
    `dns1` VARCHAR(255) NOT NULL,
    `dns2` VARCHAR(255) NULL,
    `internal_dns1` VARCHAR(255) NOT NULL,
    `guest_network_cidr` VARCHAR(18) NULL,
    `networktype` VARCHAR(255) NOT NULL DEFAULT 'Advanced',
    `allocation_state` VARCHAR(32) NOT NULL DEFAULT 'Enabled',
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_data_center__uuid` (`uuid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `host_pod_ref` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NOT NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `gateway` VARCHAR(255) NOT NULL,
    `cidr_address` VARCHAR(15) NOT NULL,
    `cidr_size` INT UNSIGNED NOT NULL,
    `allocation_state` VARCHAR(32) NOT NULL DEFAULT 'Enabled',
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_host_pod_ref__uuid` (`uuid`),
    KEY `i_host_pod_ref__data_center_id` (`data_center_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `cluster` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NULL,
    `pod_id` BIGINT UNSIGNED NOT NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `hypervisor_type` VARCHAR(32) NOT NULL,
    `cluster_type` VARCHAR(64) NOT NULL DEFAULT 'CloudManaged',
    `allocation_state` VARCHAR(32) NOT NULL DEFAULT 'Enabled',
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_cluster__uuid` (`uuid`),
    KEY `i_cluster__pod_id` (`pod_id`),
    KEY `i_cluster__data_center_id` (`data_center_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `host` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NOT NULL,
    `status` VARCHAR(32) NOT NULL,
    `type` VARCHAR(32) NOT NULL,
    `private_ip_address` CHAR(40) NOT NULL,
    `private_mac_address` VARCHAR(17) NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `pod_id` BIGINT UNSIGNED NULL,
    `cluster_id` BIGINT UNSIGNED NULL,
    `cpus` INT UNSIGNED NULL,
    `speed` INT UNSIGNED NULL,
    `ram` BIGINT UNSIGNED NULL,
    `url` VARCHAR(255) NULL,
    `tags` VARCHAR(255) NULL COMMENT 'separated by commas',
    `hypervisor_type` VARCHAR(32) NULL,
    `version` VARCHAR(40) NULL,
    `guid` VARCHAR(255) NULL,
    `mgmt_server_id` BIGINT UNSIGNED NULL,
    `resource_state` VARCHAR(32) NOT NULL DEFAULT 'Enabled',
    `created` DATETIME NOT NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_host__uuid` (`uuid`),
    KEY `i_host__data_center_id` (`data_center_id`),
    KEY `i_host__pod_id` (`pod_id`),
    KEY `i_host__cluster_id` (`cluster_id`),
    KEY `i_host__type_removed` (`type`, `removed`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `op_host_capacity` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `host_id` BIGINT UNSIGNED NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `pod_id` BIGINT UNSIGNED NULL,
    `cluster_id` BIGINT UNSIGNED NULL,
    `used_capacity` BIGINT NOT NULL,
    `reserved_capacity` BIGINT NOT NULL DEFAULT 0,
    `total_capacity` BIGINT NOT NULL,
    `capacity_type` SMALLINT NOT NULL COMMENT '0 memory, 1 CPU, 2 storage, 3 allocated storage',
    PRIMARY KEY (`id`),
    KEY `i_op_host_capacity__host_type` (`host_id`, `capacity_type`),
    KEY `i_op_host_capacity__cluster_id` (`cluster_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `storage_pool` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NULL,
    `pool_type` VARCHAR(32) NOT NULL,
    `port` INT UNSIGNED NOT NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `pod_id` BIGINT UNSIGNED NULL,
    `cluster_id` BIGINT UNSIGNED NULL,
    `available_bytes` BIGINT UNSIGNED NULL,
    `capacity_bytes` BIGINT UNSIGNED NULL,
    `host_address` VARCHAR(255) NOT NULL,
    `path` VARCHAR(255) NOT NULL,
    `status` VARCHAR(32) NULL,
    `created` DATETIME NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_storage_pool__uuid` (`uuid`),
    KEY `i_storage_pool__cluster_id` (`cluster_id`),
    KEY `i_storage_pool__data_center_id` (`data_center_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `hypervisor_capabilities` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `hypervisor_type` VARCHAR(32) NOT NULL,
    `hypervisor_version` VARCHAR(32) NOT NULL DEFAULT 'default',
    `max_guests_limit` BIGINT UNSIGNED NULL DEFAULT 50,
    `security_group_enabled` TINYINT(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_hypervisor_capabilities__uuid` (`uuid`),
    UNIQUE KEY `uk_hypervisor_capabilities__type_version` (`hypervisor_type`, `hypervisor_version`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `vlan` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `vlan_id` VARCHAR(255) NOT NULL,
    `vlan_gateway` VARCHAR(255) NULL,
    `vlan_netmask` VARCHAR(255) NULL,
    `description` VARCHAR(255) NULL COMMENT 'first and last address of the range',
    `vlan_type` VARCHAR(255) NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `network_id` BIGINT UNSIGNED NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_vlan__uuid` (`uuid`),
    KEY `i_vlan__data_center_id` (`data_center_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `user_ip_address` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `account_id` BIGINT UNSIGNED NULL,
    `domain_id` BIGINT UNSIGNED NULL,
    `public_ip_address` CHAR(40) NOT NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `source_nat` TINYINT(1) NOT NULL DEFAULT 0,
    `one_to_one_nat` TINYINT(1) NOT NULL DEFAULT 0,
    `vm_id` BIGINT UNSIGNED NULL,
    `allocated` DATETIME NULL,
    `vlan_db_id` BIGINT UNSIGNED NOT NULL,
    `state` CHAR(32) NOT NULL DEFAULT 'Free',
    `network_id` BIGINT UNSIGNED NULL,
    `vpc_id` BIGINT UNSIGNED NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_user_ip_address__uuid` (`uuid`),
    UNIQUE KEY `uk_user_ip_address__address_zone` (`public_ip_address`, `data_center_id`),
    KEY `i_user_ip_address__account_id` (`account_id`),
    KEY `i_user_ip_address__vlan_db_id` (`vlan_db_id`),
    KEY `i_user_ip_address__vm_id` (`vm_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
