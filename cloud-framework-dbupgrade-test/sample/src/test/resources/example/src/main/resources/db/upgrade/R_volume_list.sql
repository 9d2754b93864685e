CREATE OR REPLACE VIEW `volume_list` AS
SELECT v.`id` AS `id`, v.`name` AS `name`, p.`name` AS `pool`
FROM `volume` v
INNER JOIN `pool` p ON p.`id` = v.`pool_id`;
