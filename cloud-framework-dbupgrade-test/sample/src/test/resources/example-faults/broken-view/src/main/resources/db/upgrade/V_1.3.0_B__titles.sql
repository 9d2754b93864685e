ALTER TABLE `pool` RENAME COLUMN `name` TO `title`;
