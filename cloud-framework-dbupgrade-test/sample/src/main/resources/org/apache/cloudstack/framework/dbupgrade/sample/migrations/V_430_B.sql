-- Removes doubled security groups, gives one to each account that lacks it, and forbids doubles from now on.
-- dbupgrade: phase=contract

# the oldest group of a name stays
DELETE d FROM `security_group` d
INNER JOIN `security_group` k ON k.account_id = d.account_id AND k.name = d.name AND k.id < d.id;

DROP PROCEDURE IF EXISTS `add_default_security_groups`;

DELIMITER $$
CREATE PROCEDURE `add_default_security_groups` ()
BEGIN
    DECLARE finished INT DEFAULT 0;
    DECLARE the_account BIGINT UNSIGNED;
    DECLARE the_domain BIGINT UNSIGNED;
    DECLARE next_id BIGINT UNSIGNED;
    DECLARE without_group CURSOR FOR
        SELECT a.id, a.domain_id
        FROM `account` a
        LEFT JOIN `security_group` g ON g.account_id = a.id AND g.name = 'default'
        WHERE a.removed IS NULL AND g.id IS NULL
        ORDER BY a.id;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET finished = 1;

    SELECT COALESCE(MAX(id), 0) + 1 INTO next_id FROM `security_group`;
    OPEN without_group;
    each_account: LOOP
        FETCH without_group INTO the_account, the_domain;
        IF finished = 1 THEN
            LEAVE each_account;
        END IF;
        INSERT INTO `security_group` (`id`, `name`, `description`, `domain_id`, `account_id`)
        VALUES (next_id, 'default', 'The account\'s default group; added by the upgrade', the_domain, the_account);
        SET next_id = next_id + 1;
    END LOOP each_account;
    CLOSE without_group;
END$$
DELIMITER ;

CALL `add_default_security_groups`();
DROP PROCEDURE `add_default_security_groups`;

ALTER TABLE `security_group` ADD UNIQUE KEY `uk_security_group__account_name` (`account_id`, `name`(191));
