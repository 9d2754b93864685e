-- The power state of VMs, as hosts report it, beside the state the platform wants.

ALTER TABLE `vm_instance`
    ADD COLUMN `power_state` VARCHAR(64) NULL DEFAULT 'PowerUnknown',
    ADD COLUMN `power_host` BIGINT UNSIGNED NULL,
    ADD KEY `i_vm_instance__power_host` (`power_host`),
    ADD CONSTRAINT `fk_vm_instance__power_host` FOREIGN KEY (`power_host`) REFERENCES `host` (`id`);

UPDATE `vm_instance`
SET `power_state` = CASE WHEN `state` IN ('Running', 'Stopping') THEN 'PowerOn' ELSE 'PowerOff' END,
    `power_host` = `host_id`
WHERE `removed` IS NULL;

CREATE TABLE `op_ha_work` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `instance_id` BIGINT UNSIGNED NOT NULL,
    `type` VARCHAR(32) NOT NULL,
    `step` VARCHAR(32) NOT NULL,
    `tried` INT UNSIGNED NOT NULL DEFAULT 0,
    `created` DATETIME NOT NULL,
    PRIMARY KEY (`id`),
    KEY `i_op_ha_work__instance_id` (`instance_id`),
    CONSTRAINT `fk_op_ha_work__instance_id` FOREIGN KEY (`instance_id`) REFERENCES `vm_instance` (`id`)
        ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

# one work item for each VM that should run and has no host
SET @next_work := (SELECT COALESCE(MAX(`id`), 0) FROM `op_ha_work`);
INSERT INTO `op_ha_work` (`id`, `instance_id`, `type`, `step`, `created`)
SELECT @next_work + v.id, v.id, 'HA', 'Scheduled', v.created
FROM `vm_instance` v
WHERE v.state = 'Running' AND v.host_id IS NULL AND v.removed IS NULL
ORDER BY v.id;
