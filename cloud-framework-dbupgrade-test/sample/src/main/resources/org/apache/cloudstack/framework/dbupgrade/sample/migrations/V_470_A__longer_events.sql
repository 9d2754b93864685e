-- Longer event descriptions, settings of the new release, and an index for listing jobs.
-- dbupgrade: phase=expand
-- dbupgrade: waive=unknown-effect because the text it runs is one of two literals above
-- dbupgrade: waive=depends-on-rows because it only looks whether the index is there; the end is the same

ALTER TABLE `event` MODIFY COLUMN `description` VARCHAR(2048) NOT NULL;
ALTER TABLE `async_job` ADD COLUMN `instance_type` VARCHAR(64) NULL;
ALTER TABLE `network_offerings` ADD COLUMN `public_lb` TINYINT(1) NOT NULL DEFAULT 1;

INSERT INTO `configuration` (`category`, `instance`, `component`, `name`, `value`, `description`) VALUES
    ('Advanced', 'DEFAULT', 'VirtualNetworkApplianceManager', 'router.aggregation.command.each.timeout', '3',
     'Seconds that each command of a router may take; "0" means no limit');

# the index exists on platforms that were helped by hand
SET @has_index := (
    SELECT COUNT(*) FROM information_schema.statistics s
    WHERE s.table_schema = DATABASE() AND s.table_name = 'async_job' AND s.index_name = 'i_async_job__account_status');
SET @add_index := IF(@has_index = 0,
    'ALTER TABLE `async_job` ADD INDEX `i_async_job__account_status` (`account_id`, `job_status`)',
    'DO 0');
PREPARE add_index_if_missing FROM @add_index;
EXECUTE add_index_if_missing;
DEALLOCATE PREPARE add_index_if_missing;
