-- Two slots for the routers of a VPC, the second for redundant VPCs only, and device ids that are reserved on a router.

ALTER TABLE `domain_router`
    ADD COLUMN `redundant_state` VARCHAR(64) NOT NULL DEFAULT 'UNKNOWN',
    ADD COLUMN `priority` INT NOT NULL DEFAULT 0,
    ADD COLUMN `retired` TINYINT(1) NOT NULL DEFAULT 0 COMMENT '1: serves no VPC any more, gone or to be destroyed',
    ADD COLUMN `vpc_slot` TINYINT UNSIGNED NULL COMMENT '1 or 2, of its VPC',
    ADD COLUMN `vpc_slot_redundant` TINYINT(1) NULL COMMENT '1 in slot 2, so that its key asks for a redundant VPC';

# a key to point at: a router in slot 2 refers to (VPC, redundant), and no other VPC has that pair
ALTER TABLE `vpc` ADD UNIQUE KEY `uk_vpc__id_redundant` (`id`, `redundant`);
ALTER TABLE `domain_router` ADD KEY `i_domain_router__vpc_redundant` (`vpc_id`, `vpc_slot_redundant`);
ALTER TABLE `domain_router` ADD UNIQUE KEY `uk_domain_router__vpc_slot` (`vpc_id`, `vpc_slot`);
ALTER TABLE `domain_router`
    ADD CONSTRAINT `fk_domain_router__vpc_redundant` FOREIGN KEY (`vpc_id`, `vpc_slot_redundant`)
        REFERENCES `vpc` (`id`, `redundant`);
ALTER TABLE `domain_router`
    ADD CONSTRAINT `ck_domain_router__vpc_slot` CHECK (
        (`vpc_slot` IS NULL AND `vpc_slot_redundant` IS NULL)
        OR (`vpc_slot` = 1 AND `vpc_slot_redundant` IS NULL)
        OR (`vpc_slot` = 2 AND `vpc_slot_redundant` IS NOT NULL AND `vpc_slot_redundant` = 1));

CREATE TABLE `router_reserved_device` (
    `router_id` BIGINT UNSIGNED NOT NULL,
    `device_id` INT NOT NULL COMMENT 'N of ethN',
    `purpose` VARCHAR(32) NOT NULL,
    PRIMARY KEY (`router_id`, `device_id`),
    UNIQUE KEY `uk_router_reserved_device__purpose` (`router_id`, `purpose`),
    CONSTRAINT `fk_router_reserved_device__router_id` FOREIGN KEY (`router_id`) REFERENCES `domain_router` (`id`)
        ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
