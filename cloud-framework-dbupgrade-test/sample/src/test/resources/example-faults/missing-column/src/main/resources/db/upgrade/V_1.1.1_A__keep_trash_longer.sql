-- dbupgrade: reason=operators wait for it
-- dbupgrade: waive=patch-changes-schema because operators wait for it
-- dbupgrade: commutes-with=1.2.0_A because nobody looked

ALTER TABLE `volume` ADD COLUMN `deleted` DATETIME;
