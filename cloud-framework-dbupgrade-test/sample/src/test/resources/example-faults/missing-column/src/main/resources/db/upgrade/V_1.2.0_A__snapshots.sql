CREATE TABLE `volume_archive` LIKE `volume`;
