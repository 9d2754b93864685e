-- The tables of the usage server, in its own database.
USE `cloud_usage`;

CREATE TABLE `account` (
    `id` BIGINT UNSIGNED NOT NULL,
    `account_name` VARCHAR(100) NOT NULL,
    `type` INT UNSIGNED NOT NULL,
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `cloud_usage` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `zone_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `description` VARCHAR(1024) NOT NULL,
    `usage_display` VARCHAR(255) NOT NULL,
    `usage_type` INT UNSIGNED NOT NULL COMMENT '1 running VM, 2 allocated VM, 6 volume',
    `raw_usage` DECIMAL(20,6) NOT NULL,
    `vm_instance_id` BIGINT UNSIGNED NULL,
    `offering_id` BIGINT UNSIGNED NULL,
    `template_id` BIGINT UNSIGNED NULL,
    `usage_id` BIGINT UNSIGNED NULL,
    `size` BIGINT UNSIGNED NULL,
    `start_date` DATETIME NOT NULL,
    `end_date` DATETIME NOT NULL,
    PRIMARY KEY (`id`),
    KEY `i_cloud_usage__account_id` (`account_id`),
    KEY `i_cloud_usage__start_date` (`start_date`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `usage_event` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `type` VARCHAR(32) NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `created` DATETIME NOT NULL,
    `zone_id` BIGINT UNSIGNED NOT NULL,
    `resource_id` BIGINT UNSIGNED NULL,
    `resource_name` VARCHAR(255) NULL,
    `offering_id` BIGINT UNSIGNED NULL,
    `template_id` BIGINT UNSIGNED NULL,
    `size` BIGINT UNSIGNED NULL,
    `processed` TINYINT(1) NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    KEY `i_usage_event__created` (`created`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `usage_vm_instance` (
    `usage_type` INT UNSIGNED NOT NULL,
    `zone_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `vm_instance_id` BIGINT UNSIGNED NOT NULL,
    `vm_name` VARCHAR(255) NOT NULL,
    `service_offering_id` BIGINT UNSIGNED NOT NULL,
    `template_id` BIGINT UNSIGNED NOT NULL,
    `hypervisor_type` VARCHAR(255) NULL,
    `start_date` DATETIME NOT NULL,
    `end_date` DATETIME NULL,
    UNIQUE KEY `uk_usage_vm_instance__vm` (`vm_instance_id`, `usage_type`, `start_date`),
    KEY `i_usage_vm_instance__account_id` (`account_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `usage_volume` (
    `zone_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `id` BIGINT UNSIGNED NOT NULL COMMENT 'the id of the volume',
    `disk_offering_id` BIGINT UNSIGNED NULL,
    `template_id` BIGINT UNSIGNED NULL,
    `size` BIGINT UNSIGNED NULL,
    `created` DATETIME NOT NULL,
    `deleted` DATETIME NULL,
    KEY `i_usage_volume__account_id` (`account_id`),
    KEY `i_usage_volume__id` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `usage_network` (
    `account_id` BIGINT UNSIGNED NOT NULL,
    `zone_id` BIGINT UNSIGNED NOT NULL,
    `host_id` BIGINT UNSIGNED NOT NULL,
    `network_id` BIGINT UNSIGNED NOT NULL,
    `bytes_sent` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `bytes_received` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `event_time_millis` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`account_id`, `zone_id`, `host_id`, `network_id`, `event_time_millis`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `usage_job` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `host` VARCHAR(255) NULL,
    `pid` INT UNSIGNED NULL,
    `job_type` INT UNSIGNED NOT NULL DEFAULT 0,
    `scheduled` TINYINT(1) NOT NULL DEFAULT 0,
    `start_millis` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `end_millis` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `success` TINYINT(1) NULL,
    `heartbeat` DATETIME NOT NULL,
    PRIMARY KEY (`id`),
    KEY `i_usage_job__end_millis` (`end_millis`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
