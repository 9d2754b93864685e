CREATE TABLE `snapshot` (
  `id` BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  `volume_id` BIGINT NOT NULL,
  `taken` DATETIME NOT NULL,
  CONSTRAINT `fk_snapshot__volume_id` FOREIGN KEY (`volume_id`) REFERENCES `volume` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

INSERT INTO `setting` (`name`, `value`) VALUES ('snapshots.most', '10');
UPDATE `setting` SET `value` = '14' WHERE `name` = 'trash.days';
