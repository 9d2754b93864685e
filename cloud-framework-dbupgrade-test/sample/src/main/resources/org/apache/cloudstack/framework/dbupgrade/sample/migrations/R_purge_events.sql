-- Stored procedure that an operator calls: deletes events older than a date, in portions of a thousand.
DROP PROCEDURE IF EXISTS `purge_events`;

DELIMITER $$
CREATE PROCEDURE `purge_events` (IN before_date DATETIME, OUT purged BIGINT)
BEGIN
    DECLARE deleted_rows INT DEFAULT 1;

    SET purged = 0;
    WHILE deleted_rows > 0 DO
        DELETE FROM `event` WHERE created < before_date ORDER BY id LIMIT 1000;
        SET deleted_rows = ROW_COUNT();
        SET purged = purged + deleted_rows;
    END WHILE;
END$$
DELIMITER ;
