-- Gives redundant routers the priority by which the active one is chosen, a bump included.

/* In networks the oldest router goes first. */
UPDATE `domain_router` r
INNER JOIN `nics` n ON n.instance_id = r.id AND n.removed IS NULL AND n.device_id = 0
INNER JOIN (
    SELECT g.network_id AS network_id, MIN(g.instance_id) AS first_router
    FROM `nics` g
    INNER JOIN `vm_instance` i ON i.id = g.instance_id
    WHERE i.type = 'DomainRouter' AND i.removed IS NULL AND g.removed IS NULL AND g.device_id = 0
    GROUP BY g.network_id
) f ON f.network_id = n.network_id
SET r.priority = IF(r.id = f.first_router, 100, 99) + 10 * r.is_priority_bumpup
WHERE r.vpc_id IS NULL AND r.is_redundant_router = 1;

/* In VPCs the slot decides. */
UPDATE `domain_router` r
INNER JOIN `vpc` p ON p.id = r.vpc_id
SET r.is_redundant_router = 1, r.priority = 101 - r.vpc_slot + 10 * r.is_priority_bumpup
WHERE p.redundant = 1 AND r.vpc_slot IS NOT NULL;
