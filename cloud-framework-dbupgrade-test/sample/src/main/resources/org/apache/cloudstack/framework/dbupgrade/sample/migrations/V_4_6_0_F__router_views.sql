-- The views of routers and VPCs show what is redundant.
-- dbupgrade: phase=contract

CREATE OR REPLACE VIEW `domain_router_view` AS
SELECT
    r.id AS id,
    v.uuid AS uuid,
    v.name AS name,
    v.instance_name AS instance_name,
    v.state AS state,
    v.account_id AS account_id,
    v.data_center_id AS data_center_id,
    r.role AS role,
    r.vpc_id AS vpc_id,
    r.vpc_slot AS vpc_slot,
    r.is_redundant_router AS is_redundant_router,
    r.redundant_state AS redundant_state,
    r.priority AS priority
FROM `domain_router` r
INNER JOIN `vm_instance` v ON v.id = r.id
WHERE v.removed IS NULL AND r.retired = 0;

CREATE OR REPLACE VIEW `vpc_view` AS
SELECT
    p.id AS id,
    p.uuid AS uuid,
    p.name AS name,
    p.redundant AS redundant,
    o.name AS offering_name,
    a.account_name AS account_name,
    COUNT(r.id) AS router_count
FROM `vpc` p
INNER JOIN `vpc_offerings` o ON o.id = p.vpc_offering_id
INNER JOIN `account` a ON a.id = p.account_id
LEFT JOIN `domain_router` r ON r.vpc_id = p.id AND r.vpc_slot IS NOT NULL
WHERE p.removed IS NULL
GROUP BY p.id, p.uuid, p.name, p.redundant, o.name, a.account_name;
