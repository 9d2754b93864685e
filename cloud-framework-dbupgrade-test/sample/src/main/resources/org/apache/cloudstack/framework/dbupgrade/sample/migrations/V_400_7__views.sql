-- The views of the install whose shape follows later releases.

CREATE OR REPLACE VIEW `domain_router_view` AS
SELECT
    r.id AS id,
    v.name AS name,
    v.instance_name AS instance_name,
    v.state AS state,
    v.account_id AS account_id,
    v.data_center_id AS data_center_id,
    r.role AS role,
    r.vpc_id AS vpc_id,
    r.is_redundant_router AS is_redundant_router,
    r.is_priority_bumpup AS is_priority_bumpup
FROM `domain_router` r
INNER JOIN `vm_instance` v ON v.id = r.id
WHERE v.removed IS NULL;

CREATE OR REPLACE VIEW `volume_view` AS
SELECT
    v.id AS id,
    v.name AS name,
    v.volume_type AS volume_type,
    v.size AS size,
    v.account_id AS account_id,
    i.instance_name AS instance_name
FROM `volumes` v
LEFT JOIN `vm_instance` i ON i.id = v.instance_id
WHERE v.removed IS NULL;
