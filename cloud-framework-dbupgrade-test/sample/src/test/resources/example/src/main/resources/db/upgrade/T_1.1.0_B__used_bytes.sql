-- Pools whose volumes have another size in all.
SELECT p.`id`
FROM `pool` p
LEFT JOIN `volume` v ON v.`pool_id` = p.`id`
GROUP BY p.`id`, p.`used_bytes`
HAVING p.`used_bytes` <> COALESCE(SUM(v.`megabytes`), 0) * 1048576;
