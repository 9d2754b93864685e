-- Says which VPC offerings, VPCs and networks have redundant routers.
-- dbupgrade: phase=expand
-- dbupgrade: commutes-with=4.5.3_1 because the procedure it calls adds an index to vm_instance only
-- dbupgrade: commutes-with=4.5.3_2 because the procedure it calls adds an index to vm_instance only

ALTER TABLE `vpc_offerings` ADD COLUMN `redundant_router_service` TINYINT(1) NOT NULL DEFAULT 0;
ALTER TABLE `vpc` ADD COLUMN `redundant` TINYINT(1) NOT NULL DEFAULT 0;
ALTER TABLE `networks` ADD COLUMN `redundant` TINYINT(1) NOT NULL DEFAULT 0;

UPDATE `vpc_offerings` o
INNER JOIN `vpc_offering_service_map` m ON m.vpc_offering_id = o.id AND m.service = 'RedundantRouter'
SET o.redundant_router_service = 1;

UPDATE `vpc` v
INNER JOIN `vpc_offerings` o ON o.id = v.vpc_offering_id
SET v.redundant = o.redundant_router_service;

UPDATE `networks` n
INNER JOIN `network_offerings` o ON o.id = n.network_offering_id
SET n.redundant = o.redundant_router_service;

# routers are looked up by the name that hosts report
CALL `idempotent_add_index`('vm_instance', 'i_vm_instance__instance_name', '`instance_name`');
