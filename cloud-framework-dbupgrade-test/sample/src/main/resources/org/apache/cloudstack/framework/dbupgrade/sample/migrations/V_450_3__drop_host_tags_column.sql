-- The list of tags at the host goes, now that each tag has its row.
-- dbupgrade: phase=contract

ALTER TABLE `host` DROP COLUMN `tags`;
