package org.apache.cloudstack.framework.dbupgrade.verify;

/** A schema with one of everything, above all of what the servers write differently. */
final class SampleSchema {

    static final String DDL = """
            CREATE DATABASE cloud DEFAULT CHARACTER SET utf8;
            CREATE DATABASE cloud_usage DEFAULT CHARACTER SET utf8mb4;
            CREATE TABLE cloud.account (
              id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
              uuid VARCHAR(40) DEFAULT NULL,
              name VARCHAR(100) NOT NULL DEFAULT 'it''s \\\\ "new"',
              state ENUM('enabled','It''s off') NOT NULL DEFAULT 'enabled',
              empty_text VARCHAR(10) DEFAULT '',
              null_text VARCHAR(10) DEFAULT 'NULL',
              function_text VARCHAR(30) DEFAULT 'current_timestamp()',
              PRIMARY KEY (id),
              UNIQUE KEY uc_account__uuid (uuid),
              KEY i_account__name (name(20), state)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8;
            CREATE TABLE cloud.vm (
              id BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
              account_id BIGINT(20) UNSIGNED NOT NULL,
              parent_id BIGINT(20) UNSIGNED,
              cpu INT(11) NOT NULL DEFAULT '1',
              speed SMALLINT(5) UNSIGNED ZEROFILL DEFAULT 7,
              redundant TINYINT(1) NOT NULL DEFAULT 0,
              ha TINYINT(1) UNSIGNED DEFAULT 1,
              tiny TINYINT(4),
              ready BOOLEAN NOT NULL DEFAULT TRUE,
              share DECIMAL(10,2) NOT NULL DEFAULT 0,
              factor FLOAT DEFAULT 1.5,
              ratio DOUBLE DEFAULT '0.50',
              flags BIT(1) DEFAULT b'0',
              built YEAR,
              created DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
              updated TIMESTAMP NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
              exact DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6),
              epoch DATETIME DEFAULT '2000-01-01 00:00:00',
              secret VARBINARY(255) DEFAULT 'abc',
              code VARCHAR(16) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,
              details MEDIUMTEXT,
              notes TEXT COLLATE utf8mb4_general_ci,
              settings JSON,
              doubled INT GENERATED ALWAYS AS (cpu * 2) STORED,
              label VARCHAR(60) GENERATED ALWAYS AS (concat('vm-', code)) VIRTUAL,
              token VARCHAR(40) DEFAULT (uuid()),
              CONSTRAINT fk_vm__account_id FOREIGN KEY fk_vm__account_id (account_id) REFERENCES account (id)
                ON DELETE CASCADE,
              FOREIGN KEY (parent_id) REFERENCES vm (id) ON UPDATE RESTRICT,
              CONSTRAINT c_vm__cpu CHECK (cpu > 0 AND code IN ('a', 'b')),
              CHECK (share >= 0),
              KEY i_vm__created (created DESC, account_id),
              FULLTEXT KEY ft_vm__details (details)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
            CREATE TABLE cloud_usage.usage_event (id BIGINT, vm_id BIGINT, amount INT DEFAULT -1) ENGINE=InnoDB;
            CREATE TABLE cloud.flyway_schema_history (id INT);
            CREATE TABLE cloud.dbupgrade_journal (id INT);
            CREATE VIEW cloud.vm_view AS
              SELECT v.id, v.code AS `Code`, a.name, COUNT(DISTINCT v.cpu) AS cpus, IFNULL(a.uuid, 'none (yet)') AS uuid,
                CASE WHEN v.ready = 1 AND v.ha <> 0 THEN 'yes' ELSE 'no' END AS usable, NOW() AS seen
              FROM cloud.vm v LEFT JOIN cloud.account a ON v.account_id = a.id
              WHERE v.updated IS NULL OR (v.cpu > 1 AND v.cpu < 100)
              GROUP BY v.id, v.code, a.name, a.uuid, v.ready, v.ha
              ORDER BY v.id;
            CREATE TABLE cloud.account_ref (id INT, raw BINARY(8) DEFAULT 'ab');
            CREATE TABLE cloud.plain (name VARCHAR(5)) DEFAULT CHARSET=utf8mb4;
            CREATE TABLE cloud.general (name VARCHAR(5)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
            CREATE VIEW cloud.ref_view AS SELECT id FROM cloud.account_ref;
            CREATE TRIGGER cloud.vm_insert BEFORE INSERT ON cloud.vm FOR EACH ROW SET NEW.cpu = GREATEST(NEW.cpu, 1);
            CREATE PROCEDURE cloud.purge(IN days INT(11), OUT removed BIGINT)
            BEGIN
              -- older than that
              DELETE FROM cloud.vm WHERE created < NOW() - INTERVAL days DAY;
              SET removed = ROW_COUNT();
            END;
            CREATE FUNCTION cloud.twice(number INT) RETURNS INT DETERMINISTIC RETURN number * 2
            """;

    private SampleSchema() {}
}
