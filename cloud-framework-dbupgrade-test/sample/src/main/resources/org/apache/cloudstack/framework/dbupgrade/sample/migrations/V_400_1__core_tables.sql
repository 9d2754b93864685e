-- The tables of the platform itself: versions, tenants, settings, servers, jobs and events.

/*!40101 SET NAMES utf8mb4 */;

CREATE TABLE `version` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `version` CHAR(40) NOT NULL,
    `updated` DATETIME NOT NULL,
    `step` CHAR(32) NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_version__version` (`version`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `domain` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `parent` BIGINT UNSIGNED NULL,
    `name` VARCHAR(255) NOT NULL,
    `path` VARCHAR(255) NOT NULL,
    `level` INT NOT NULL DEFAULT 0,
    `child_count` INT NOT NULL DEFAULT 0,
    `state` CHAR(32) NOT NULL DEFAULT 'Active',
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_domain__uuid` (`uuid`),
    KEY `i_domain__parent` (`parent`),
    KEY `i_domain__path` (`path`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `account` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `account_name` VARCHAR(100) NOT NULL,
    `type` INT UNSIGNED NOT NULL COMMENT '0 user, 1 root admin, 2 domain admin',
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `state` VARCHAR(10) NOT NULL DEFAULT 'enabled',
    `cleanup_needed` TINYINT(1) NOT NULL DEFAULT 0,
    `network_domain` VARCHAR(100) NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_account__uuid` (`uuid`),
    KEY `i_account__domain_id` (`domain_id`),
    KEY `i_account__removed` (`removed`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `user` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `username` VARCHAR(255) NOT NULL,
    `password` VARCHAR(255) NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `firstname` VARCHAR(255) NULL,
    `lastname` VARCHAR(255) NULL,
    `email` VARCHAR(255) NULL,
    `state` VARCHAR(10) NOT NULL DEFAULT 'enabled',
    `api_key` VARCHAR(255) NULL,
    `secret_key` VARCHAR(255) NULL,
    `created` DATETIME NOT NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_user__uuid` (`uuid`),
    KEY `i_user__account_id` (`account_id`),
    KEY `i_user__username_removed` (`username`(191), `removed`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `configuration` (
    `category` VARCHAR(255) NOT NULL DEFAULT 'Advanced',
    `instance` VARCHAR(255) NOT NULL,
    `component` VARCHAR(255) NOT NULL DEFAULT 'management-server',
    `name` VARCHAR(255) NOT NULL,
    `value` VARCHAR(4095) NULL,
    `description` VARCHAR(1024) NULL,
    PRIMARY KEY (`name`),
    KEY `i_configuration__category` (`category`(191))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `mshost` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `msid` BIGINT UNSIGNED NOT NULL COMMENT 'made from the MAC address of the server',
    `runid` BIGINT NOT NULL DEFAULT 0,
    `name` VARCHAR(255) NULL,
    `state` VARCHAR(10) NOT NULL DEFAULT 'Down',
    `version` VARCHAR(255) NULL,
    `service_ip` CHAR(40) NOT NULL,
    `service_port` INT NOT NULL,
    `last_update` DATETIME NULL,
    `removed` DATETIME NULL,
    `alert_count` INT NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_mshost__msid` (`msid`),
    KEY `i_mshost__removed` (`removed`),
    KEY `i_mshost__last_update` (`last_update`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `async_job` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `user_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `job_cmd` VARCHAR(255) NOT NULL,
    `job_cmd_info` TEXT NULL,
    `job_status` INT NOT NULL DEFAULT 0 COMMENT '0 in progress, 1 succeeded, 2 failed',
    `job_result` TEXT NULL,
    `session_key` VARCHAR(64) NULL,
    `job_init_msid` BIGINT NULL,
    `created` DATETIME NULL,
    `removed` DATETIME NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_async_job__uuid` (`uuid`),
    KEY `i_async_job__removed` (`removed`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `alert` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `type` INT NOT NULL,
    `cluster_id` BIGINT UNSIGNED NULL,
    `pod_id` BIGINT UNSIGNED NULL,
    `data_center_id` BIGINT UNSIGNED NOT NULL,
    `subject` VARCHAR(999) NULL,
    `sent_count` INT UNSIGNED NOT NULL DEFAULT 0,
    `created` DATETIME NULL,
    `last_sent` DATETIME NULL,
    `resolved` DATETIME NULL,
    PRIMARY KEY (`id`),
    KEY `i_alert__type` (`type`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `event` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `type` VARCHAR(32) NOT NULL,
    `state` VARCHAR(32) NOT NULL DEFAULT 'Completed',
    `description` VARCHAR(1024) NOT NULL,
    `user_id` BIGINT UNSIGNED NOT NULL,
    `account_id` BIGINT UNSIGNED NOT NULL,
    `domain_id` BIGINT UNSIGNED NOT NULL,
    `created` DATETIME NOT NULL,
    `level` VARCHAR(16) NOT NULL,
    `start_id` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `parameters` VARCHAR(1024) NULL,
    PRIMARY KEY (`id`),
    KEY `i_event__created` (`created`),
    KEY `i_event__user_id` (`user_id`),
    KEY `i_event__account_id` (`account_id`),
    KEY `i_event__level` (`level`)
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

CREATE TABLE `guest_os_category` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `name` VARCHAR(255) NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_guest_os_category__uuid` (`uuid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `guest_os` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `uuid` VARCHAR(40) NULL,
    `category_id` BIGINT UNSIGNED NOT NULL,
    `name` VARCHAR(255) NULL,
    `display_name` VARCHAR(255) NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_guest_os__uuid` (`uuid`),
    KEY `i_guest_os__category_id` (`category_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
