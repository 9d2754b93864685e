-- dbupgrade: reason=volumes were gone before operators noticed that they were deleted by mistake

UPDATE `setting` SET `value` = '30' WHERE `name` = 'trash.days';
