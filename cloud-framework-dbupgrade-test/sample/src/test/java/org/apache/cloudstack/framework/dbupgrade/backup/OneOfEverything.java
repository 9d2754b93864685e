package org.apache.cloudstack.framework.dbupgrade.backup;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;

/** Databases with one of everything that a dump could lose. */
public final class OneOfEverything {

    private static final String TABLES = """
            SET SESSION sql_mode = '';
            CREATE DATABASE cloud CHARACTER SET latin1 COLLATE latin1_german1_ci;
            CREATE DATABASE cloud_usage CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
            CREATE TABLE cloud.word (
              id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
              word VARCHAR(100) CHARACTER SET utf8mb4,
              old VARCHAR(20) CHARACTER SET latin1,
              long_text LONGTEXT CHARACTER SET utf8mb4,
              FULLTEXT KEY ft_word (word)
            );
            INSERT INTO cloud.word (id, word, old) VALUES
              (1, 'Grüße, 😀 und 𝄞', 'Ümläut'), (2, 'it''s "quoted" \\\\ \\n \\r\\n \\0 \\t \\Z %', ''), (3, NULL, NULL),
              (4, '-- Current Database: `x`', ';'), (4711, '/*! SELECT 1 */ -- # DELIMITER ;;', '');
            UPDATE cloud.word SET long_text = REPEAT('long ', 300000) WHERE id = 3;
            SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO';
            INSERT INTO cloud.word (id, word) VALUES (0, 'zero');
            SET SESSION sql_mode = '';
            ALTER TABLE cloud.word AUTO_INCREMENT = 90000;
            CREATE TABLE cloud.octets (
              id INT PRIMARY KEY, fixed BINARY(16), some VARBINARY(300), many LONGBLOB, bits BIT(13), place POINT);
            INSERT INTO cloud.octets VALUES
              (1, x'00ff', x'ALL', x'ALL', b'1010101010101', ST_GeomFromText('POINT(1 2)')),
              (2, NULL, '', '', b'0', NULL);
            CREATE TABLE cloud.number (
              id INT PRIMARY KEY, price DECIMAL(30,10), f FLOAT, d DOUBLE, big BIGINT UNSIGNED, settings JSON,
              doubled INT GENERATED ALWAYS AS (id * 2) STORED, label VARCHAR(20) GENERATED ALWAYS AS (CONCAT('n-', id)) VIRTUAL,
              kind ENUM('a','it''s') NOT NULL, flags SET('x','y'), CHECK (id > 0));
            INSERT INTO cloud.number (id, price, f, d, big, settings, kind, flags) VALUES
              (1, 12345678901234567890.0123456789, 1.5, 0.1, 18446744073709551615, '{"ä": [1, null, "😀"]}', 'it''s', 'x,y'),
              (2, -0.0000000001, -1e30, 1e-300, 0, NULL, 'a', '');
            CREATE TABLE cloud.moment (
              id INT PRIMARY KEY, day DATE, at DATETIME(6), stamp TIMESTAMP NULL, zero DATE NOT NULL DEFAULT '0000-00-00',
              span TIME(3), year YEAR);
            INSERT INTO cloud.moment VALUES
              (1, '0000-00-00', '2024-02-30 00:00:00', '2024-03-31 02:30:00', '0000-00-00', '-838:59:59', 1901),
              (2, '2024-00-00', '9999-12-31 23:59:59.999999', NULL, '2024-02-29', '00:00:00.001', 2155);
            CREATE TABLE cloud.nothing (id INT PRIMARY KEY AUTO_INCREMENT) AUTO_INCREMENT = 77;
            CREATE TABLE cloud.egg (id INT PRIMARY KEY, hen INT, usage_id INT);
            CREATE TABLE cloud.hen (id INT PRIMARY KEY, egg INT, FOREIGN KEY fk_hen (egg) REFERENCES cloud.egg (id));
            CREATE TABLE cloud_usage.hours (id INT PRIMARY KEY, egg INT);
            INSERT INTO cloud.egg VALUES (1, 1, 1);
            INSERT INTO cloud.hen VALUES (1, 1);
            INSERT INTO cloud_usage.hours VALUES (1, 1);
            ALTER TABLE cloud.egg ADD CONSTRAINT fk_egg FOREIGN KEY (hen) REFERENCES cloud.hen (id),
              ADD CONSTRAINT fk_egg_usage FOREIGN KEY (usage_id) REFERENCES cloud_usage.hours (id);
            ALTER TABLE cloud_usage.hours ADD CONSTRAINT fk_hours FOREIGN KEY (egg) REFERENCES cloud.egg (id);
            CREATE TABLE cloud.`a``b 'c' "d" Größe$-select` (
              `order` INT PRIMARY KEY, `Größe ``x`` \\` INT, `UPPER` INT, `-- #` INT, KEY `from` (`UPPER`));
            INSERT INTO cloud.`a``b 'c' "d" Größe$-select` VALUES (1, 2, 3, 4);
            CREATE TABLE cloud.`-x` (id INT PRIMARY KEY);
            INSERT INTO cloud.`-x` VALUES (1)""".replace("ALL", allOctets());

    /** With a line of its own between two: MySQL keeps the semicolon between two as part of a routine. */
    private static final String ROUTINES = """
            CREATE FUNCTION cloud.`twice $` (n INT) RETURNS INT DETERMINISTIC RETURN n * 2
            ====
            CREATE PROCEDURE cloud.fill(IN n INT)
            BEGIN
              -- a comment; with a semicolon
              DECLARE i INT DEFAULT 0;\r
              WHILE i < n DO INSERT INTO cloud.nothing VALUES (NULL); SET i = i + 1; END WHILE;
              SELECT ';;', "DELIMITER", 'ä😀';
            END
            ====
            CREATE TRIGGER cloud.`trigger a``b` BEFORE INSERT ON cloud.`a``b 'c' "d" Größe$-select` FOR EACH ROW
            BEGIN SET NEW.`UPPER` = NEW.`order`; SET NEW.`-- #` = 5; END
            ====
            CREATE TRIGGER cloud.word_bu BEFORE UPDATE ON cloud.word FOR EACH ROW SET NEW.old = 'x'
            ====
            CREATE EVENT cloud.`nightly job` ON SCHEDULE EVERY 1 DAY DISABLE COMMENT 'it''s' DO
            BEGIN DELETE FROM cloud.nothing; DELETE FROM cloud.nothing WHERE id = 1; END
            ====
            CREATE VIEW cloud.z_base AS SELECT id, word FROM cloud.word
            ====
            CREATE VIEW cloud.`a view` AS SELECT v.id, cloud.`twice $`(v.id) AS `the ``double```, h.egg
              FROM cloud.z_base v LEFT JOIN cloud_usage.hours h ON h.id = v.id
            ====
            CREATE SQL SECURITY INVOKER VIEW cloud_usage.across AS SELECT id FROM cloud.`a view`""";

    private OneOfEverything() {}

    public static void createIn(TestDatabase database) {
        database.run(TABLES);
        Stream.of(ROUTINES.split("\n====\n")).forEach(database::run);
    }

    private static String allOctets() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return HexFormat.of().formatHex(all);
    }
}
