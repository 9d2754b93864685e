-- A table for host tags, which V_4_4_0_C fills, and room for the size of a volume in usage events.

CREATE TABLE `host_tags` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `host_id` BIGINT UNSIGNED NOT NULL,
    `tag` VARCHAR(255) NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_host_tags__host_tag` (`host_id`, `tag`(191)),
    CONSTRAINT `fk_host_tags__host_id` FOREIGN KEY (`host_id`) REFERENCES `host` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

ALTER TABLE `usage_event` ADD COLUMN `virtual_size` BIGINT UNSIGNED NULL AFTER `size`;
ALTER TABLE `cloud_usage`.`usage_event` ADD COLUMN `virtual_size` BIGINT UNSIGNED NULL AFTER `size`;
ALTER TABLE `cloud_usage`.`cloud_usage` ADD COLUMN `virtual_size` BIGINT UNSIGNED NULL AFTER `size`;
