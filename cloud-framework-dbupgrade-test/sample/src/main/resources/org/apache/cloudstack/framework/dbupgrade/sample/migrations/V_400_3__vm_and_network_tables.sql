-- The tables of what tenants own: templates, VMs, volumes, networks and their routers.

CREATE TABLE `disk_offering` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NOT NULL,
    `display_text` VARCHAR(4096) NULL,
    `disk_size` BIGINT UNSIGNED NOT NULL,
    `type` VARCHAR(32) NULL COMMENT 'Disk or Service',
    `tags` VARCHAR(4096) NULL,
    `system_use` TINYINT(1) NOT NULL DEFAULT 0,
    `created` DATETIME NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_disk_offering__uuid` (`uuid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `service_offering` (
    `id` BIGINT UNSIGNED NOT NULL COMMENT 'the id of its disk offering',
    `cpu` INT UNSIGNED NOT NULL,
    `speed` INT UNSIGNED NOT NULL,
    `ram_size` BIGINT UNSIGNED NOT NULL,
    `nw_rate` SMALLINT UNSIGNED NULL DEFAULT 200,
    `ha_enabled` TINYINT(1) NOT NULL DEFAULT 0,
    `host_tag` VARCHAR(255) NULL,
    `vm_type` VARCHAR(32) NULL,
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `vm_template` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `unique_name` VARCHAR(255) NOT NULL,
    `name` VARCHAR(255) NOT NULL,
    `uuid` VARCHAR(40) NULL,
    `public` TINYINT(1) NOT NULL,
    `featured` TINYINT(1) NOT NULL DEFAULT 0,
    `type` VARCHAR(32) NULL COMMENT 'SYSTEM, BUILTIN or USER',
    `bits` INT UNSIGNED NOT NULL DEFAULT 64,
    `url` VARCHAR(255) NULL,
    `format` VARCHAR(32) NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `checksum` VARCHAR(255) NULL,
    `display_text` VARCHAR(4096) NULL,
    `guest_os_id` BIGINT UNSIGNED NOT NULL,
    `hypervisor_type` VARCHAR(32) NULL,
    `size` BIGINT UNSIGNED NULL,
    `created` DATETIME NOT NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_vm_template__uuid` (`uuid`),
    KEY `i_vm_template__guest_os_id` (`guest_os_id`),
    KEY `i_vm_template__removed` (`removed`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `vm_instance` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `name` VARCHAR(255) NOT NULL,
    `display_name` VARCHAR(255) NULL,
    `instance_name` VARCHAR(255) NOT NULL,
    `state` VARCHAR(32) NOT NULL,
    `type` VARCHAR(32) NOT NULL COMMENT 'User, DomainRouter, ConsoleProxy or SecondaryStorageVm',
    `vm_template_id` BIGINT UNSIGNED NULL,
    `guest_os_id` BIGINT UNSIGNED NOT NULL,
    `hypervisor_type` CHAR(32) NULL,
    `private_mac_address` VARCHAR(17) NULL,
    `private_ip_address` CHAR(40) NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `pod_id` BIGINT UNSIGNED NULL,
    `host_id` BIGINT UNSIGNED NULL,
    `last_host_id` BIGINT UNSIGNED NULL,
    `proxy_id` BIGINT UNSIGNED NULL,
    `vnc_password` VARCHAR(255) NOT NULL DEFAULT '',
    `ha_enabled` TINYINT(1) NOT NULL DEFAULT 0,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `service_offering_id` BIGINT UNSIGNED NOT NULL,
    `update_count` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `created` DATETIME NOT NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    KEY `i_vm_instance__vm_template_id` (`vm_template_id`),
    KEY `i_vm_instance__host_id` (`host_id`),
    KEY `i_vm_instance__last_host_id` (`last_host_id`),
    KEY `i_vm_instance__pod_id` (`pod_id`),
    KEY `i_vm_instance__proxy_id` (`proxy_id`),
    KEY `i_vm_instance__account_id` (`account_id`),
    KEY `i_vm_instance__service_offering_id` (`service_offering_id`),
    KEY `i_vm_instance__type_state` (`type`, `state`),
    KEY `i_vm_instance__removed` (`removed`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `volumes` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `pool_id` BIGINT UNSIGNED NULL,
    `instance_id` BIGINT UNSIGNED NULL,
    `device_id` BIGINT UNSIGNED NULL,
    `name` VARCHAR(255) NULL,
    `size` BIGINT UNSIGNED NOT NULL,
    `path` VARCHAR(255) NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `volume_type` VARCHAR(64) NOT NULL COMMENT 'ROOT or DATADISK',
    `disk_offering_id` BIGINT UNSIGNED NOT NULL,
    `template_id` BIGINT UNSIGNED NULL,
    `state` VARCHAR(32) NULL,
    `attached` DATETIME NULL,
    `created` DATETIME NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    KEY `i_volumes__instance_id` (`instance_id`),
    KEY `i_volumes__pool_id` (`pool_id`),
    KEY `i_volumes__account_id` (`account_id`),
    KEY `i_volumes__removed` (`removed`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `snapshots` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `volume_id` BIGINT UNSIGNED NOT NULL,
    `name` VARCHAR(255) NOT NULL,
    `status` VARCHAR(32) NULL,
    `path` VARCHAR(255) NULL,
    `snapshot_type` INT NOT NULL DEFAULT 0,
    `size` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `prev_snap_id` BIGINT UNSIGNED NULL,
    `created` DATETIME NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_snapshots__uuid` (`uuid`),
    KEY `i_snapshots__volume_id` (`volume_id`),
    KEY `i_snapshots__account_id` (`account_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `network_offerings` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(64) NOT NULL,
    `display_text` VARCHAR(255) NOT NULL,
    `traffic_type` VARCHAR(32) NOT NULL,
    `guest_type` CHAR(32) NULL,
    `state` CHAR(32) NOT NULL DEFAULT 'Enabled',
    `system_only` TINYINT(1) NOT NULL DEFAULT 0,
    `redundant_router_service` TINYINT(1) NOT NULL DEFAULT 0,
    `created` DATETIME NOT NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_network_offerings__name` (`name`),
    UNIQUE KEY `uk_network_offerings__uuid` (`uuid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `vpc_offerings` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `unique_name` VARCHAR(64) NOT NULL,
    `name` VARCHAR(255) NOT NULL,
    `display_text` VARCHAR(255) NULL,
    `state` CHAR(32) NOT NULL DEFAULT 'Enabled',
    `default` TINYINT(1) NOT NULL DEFAULT 0,
    `created` DATETIME NOT NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_vpc_offerings__unique_name` (`unique_name`),
    UNIQUE KEY `uk_vpc_offerings__uuid` (`uuid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `vpc_offering_service_map` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `vpc_offering_id` BIGINT UNSIGNED NOT NULL,
    `service` VARCHAR(64) NOT NULL,
    `provider` VARCHAR(64) NOT NULL,
    `created` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_vpc_offering_service_map__service` (`vpc_offering_id`, `service`, `provider`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `vpc` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NOT NULL,
    `display_text` VARCHAR(255) NULL,
    `cidr` VARCHAR(18) NULL,
    `vpc_offering_id` BIGINT UNSIGNED NOT NULL,
    `zone_id` BIGINT UNSIGNED NOT NULL,
    `state` VARCHAR(32) NOT NULL DEFAULT 'Enabled',
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `network_domain` VARCHAR(255) NULL,
    `restart_required` TINYINT(1) NOT NULL DEFAULT 0,
    `created` DATETIME NOT NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_vpc__uuid` (`uuid`),
    KEY `i_vpc__vpc_offering_id` (`vpc_offering_id`),
    KEY `i_vpc__zone_id` (`zone_id`),
    KEY `i_vpc__account_id` (`account_id`),
    KEY `i_vpc__removed` (`removed`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `networks` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NULL,
    `display_text` VARCHAR(255) NULL,
    `traffic_type` VARCHAR(32) NOT NULL,
    `broadcast_domain_type` VARCHAR(32) NOT NULL,
    `broadcast_uri` VARCHAR(255) NULL,
    `gateway` VARCHAR(15) NULL,
    `cidr` VARCHAR(18) NULL,
    `mode` VARCHAR(32) NULL,
    `network_offering_id` BIGINT UNSIGNED NOT NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `state` VARCHAR(32) NOT NULL,
    `guest_type` CHAR(32) NULL,
    `vpc_id` BIGINT UNSIGNED NULL,
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `created` DATETIME NOT NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_networks__uuid` (`uuid`),
    KEY `i_networks__network_offering_id` (`network_offering_id`),
    KEY `i_networks__data_center_id` (`data_center_id`),
    KEY `i_networks__vpc_id` (`vpc_id`),
    KEY `i_networks__account_id` (`account_id`),
    KEY `i_networks__removed` (`removed`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `nics` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `instance_id` BIGINT UNSIGNED NULL,
    `mac_address` VARCHAR(17) NULL,
    `ip4_address` CHAR(40) NULL,
    `netmask` VARCHAR(15) NULL,
    `gateway` VARCHAR(15) NULL,
    `broadcast_uri` VARCHAR(255) NULL,
    `network_id` BIGINT UNSIGNED NOT NULL,
    `state` VARCHAR(32) NOT NULL,
    `reserver_name` VARCHAR(255) NULL,
    `device_id` INT NULL COMMENT 'N of ethN',
    `default_nic` TINYINT(1) NOT NULL DEFAULT 0,
    `vm_type` VARCHAR(32) NULL,
    `created` DATETIME NOT NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    KEY `i_nics__instance_id` (`instance_id`),
    KEY `i_nics__network_id` (`network_id`),
    KEY `i_nics__removed` (`removed`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `domain_router` (
    `id` BIGINT UNSIGNED NOT NULL COMMENT 'the id of its VM',
    `element_id` BIGINT UNSIGNED NULL,
    `public_ip_address` CHAR(40) NULL,
    `public_netmask` VARCHAR(15) NULL,
    `guest_netmask` VARCHAR(15) NULL,
    `guest_ip_address` CHAR(40) NULL,
    `is_redundant_router` TINYINT(1) NOT NULL DEFAULT 0,
    `is_priority_bumpup` TINYINT(1) NOT NULL DEFAULT 0,
    `stop_pending` TINYINT(1) NOT NULL DEFAULT 0,
    `role` VARCHAR(64) NOT NULL DEFAULT 'VIRTUAL_ROUTER',
    `template_version` VARCHAR(100) NULL,
    `scripts_version` VARCHAR(100) NULL,
    `vpc_id` BIGINT UNSIGNED NULL,
    PRIMARY KEY (`id`),
    KEY `i_domain_router__vpc_id` (`vpc_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `vpc_gateways` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `ip4_address` CHAR(40) NULL,
    `netmask` VARCHAR(15) NULL,
    `gateway` VARCHAR(15) NULL,
    `vlan_tag` VARCHAR(255) NULL,
    `type` VARCHAR(32) NOT NULL DEFAULT 'Private',
    `network_id` BIGINT UNSIGNED NOT NULL,
    `vpc_id` BIGINT UNSIGNED NOT NULL,
    `zone_id` BIGINT UNSIGNED NOT NULL,
    `state` VARCHAR(32) NOT NULL,
    `created` DATETIME NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_vpc_gateways__uuid` (`uuid`),
    KEY `i_vpc_gateways__network_id` (`network_id`),
    KEY `i_vpc_gateways__vpc_id` (`vpc_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `private_ip_address` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `ip_address` CHAR(40) NOT NULL,
    `network_id` BIGINT UNSIGNED NOT NULL,
    `vpc_id` BIGINT UNSIGNED NULL,
    `taken` DATETIME NULL,
    PRIMARY KEY (`id`),
    KEY `i_private_ip_address__network_id` (`network_id`),
    KEY `i_private_ip_address__vpc_id` (`vpc_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `firewall_rules` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `ip_address_id` BIGINT UNSIGNED NULL,
    `start_port` INT NULL,
    `end_port` INT NULL,
    `state` CHAR(32) NOT NULL,
    `protocol` CHAR(16) NOT NULL DEFAULT 'tcp',
    `purpose` CHAR(32) NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `network_id` BIGINT UNSIGNED NOT NULL,
    `created` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_firewall_rules__uuid` (`uuid`),
    KEY `i_firewall_rules__ip_address_id` (`ip_address_id`),
    KEY `i_firewall_rules__network_id` (`network_id`),
    KEY `i_firewall_rules__purpose` (`purpose`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `load_balancing_rules` (
    `id` BIGINT UNSIGNED NOT NULL COMMENT 'the id of its firewall rule',
    `name` VARCHAR(255) NOT NULL,
    `description` VARCHAR(4096) NULL,
    `default_port_start` INT NOT NULL,
    `default_port_end` INT NOT NULL,
    `algorithm` VARCHAR(255) NOT NULL,
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `security_group` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NOT NULL,
    `description` VARCHAR(4096) NULL,
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_security_group__uuid` (`uuid`),
    KEY `i_security_group__name` (`name`(191)),
    KEY `i_security_group__account_id` (`account_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
