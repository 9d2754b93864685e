CREATE TABLE `pool` (
  `id` BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  `name` VARCHAR(60) NOT NULL,
  UNIQUE KEY `uk_pool__name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `volume` (
  `id` BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  `pool_id` BIGINT NOT NULL,
  `name` VARCHAR(60) NOT NULL,
  `megabytes` INT NOT NULL,
  KEY `i_volume__name` (`name`),
  CONSTRAINT `fk_volume__pool_id` FOREIGN KEY (`pool_id`) REFERENCES `pool` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `setting` (
  `name` VARCHAR(60) NOT NULL PRIMARY KEY,
  `value` VARCHAR(200) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

INSERT INTO `setting` (`name`, `value`) VALUES ('trash.days', '7'), ('volumes.most', '1000');
