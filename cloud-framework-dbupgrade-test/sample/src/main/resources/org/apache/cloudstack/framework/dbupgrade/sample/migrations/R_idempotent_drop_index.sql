-- Helper procedure: drops an index of a table of the current database if the table has it.
-- dbupgrade: waive=depends-on-rows because it only looks whether the index is there; the end is the same
-- dbupgrade: when=before
DROP PROCEDURE IF EXISTS `idempotent_drop_index`;

DELIMITER //
CREATE PROCEDURE `idempotent_drop_index` (
    IN in_table VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
    IN in_index VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci
)
BEGIN
    DECLARE found_columns INT DEFAULT 0;

    SELECT COUNT(*) INTO found_columns
    FROM information_schema.statistics s
    WHERE s.table_schema = DATABASE() AND s.table_name = in_table AND s.index_name = in_index;

    IF found_columns > 0 THEN
        SET @idempotent_ddl = CONCAT('ALTER TABLE `', in_table, '` DROP INDEX `', in_index, '`');
        PREPARE idempotent_statement FROM @idempotent_ddl;
        EXECUTE idempotent_statement;
        DEALLOCATE PREPARE idempotent_statement;
    END IF;
END//
DELIMITER ;
