-- Fills the columns that V_420_A added, from the rows they follow from.

UPDATE `storage_pool` p
INNER JOIN `cluster` c ON c.id = p.cluster_id
SET p.hypervisor = c.hypervisor_type;

UPDATE `snapshots` s
INNER JOIN `volumes` v ON v.id = s.volume_id
INNER JOIN `storage_pool` p ON p.id = v.pool_id
SET s.hypervisor_type = p.hypervisor
WHERE s.hypervisor_type IS NULL;

# without the hint, a server that has no statistics yet reads all volumes for each VM
UPDATE `vm_instance` i
INNER JOIN `volumes` v FORCE INDEX (`i_volumes__instance_id`) ON v.instance_id = i.id AND v.volume_type = 'ROOT'
SET i.disk_offering_id = v.disk_offering_id
WHERE i.disk_offering_id IS NULL;

# root volumes of early releases carry no size; their template knows it
UPDATE `volumes` v
INNER JOIN `vm_template` t ON t.id = v.template_id
SET v.size = t.size
WHERE v.volume_type = 'ROOT' AND v.size = 0;

CREATE OR REPLACE VIEW `volume_view` AS
SELECT
    v.id AS id,
    v.uuid AS uuid,
    v.name AS name,
    v.volume_type AS volume_type,
    v.size AS size,
    v.format AS format,
    v.account_id AS account_id,
    a.account_name AS account_name,
    i.instance_name AS instance_name,
    p.name AS pool_name
FROM `volumes` v
INNER JOIN `account` a ON a.id = v.account_id
LEFT JOIN `vm_instance` i ON i.id = v.instance_id
LEFT JOIN `storage_pool` p ON p.id = v.pool_id
WHERE v.removed IS NULL;

CREATE OR REPLACE VIEW `template_view` AS
SELECT
    t.id AS id,
    t.uuid AS uuid,
    t.name AS name,
    t.type AS type,
    t.hypervisor_type AS hypervisor_type,
    s.name AS store_name,
    r.download_state AS download_state
FROM `vm_template` t
LEFT JOIN `template_store_ref` r ON r.template_id = t.id
LEFT JOIN `image_store` s ON s.id = r.store_id
WHERE t.removed IS NULL;
