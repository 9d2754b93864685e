-- The bump of a router's priority is in the priority itself now, and a router of a VPC has a slot or is retired.
-- dbupgrade: phase=contract

ALTER TABLE `domain_router` DROP COLUMN `is_priority_bumpup`;

# older servers create VPC routers without a slot; until they are gone this would refuse them
ALTER TABLE `domain_router`
    ADD CONSTRAINT `ck_domain_router__vpc_slot_or_retired` CHECK (
        (`vpc_id` IS NULL AND `vpc_slot` IS NULL)
        OR (`retired` = 1 AND `vpc_slot` IS NULL)
        OR (`retired` = 0 AND `vpc_slot` IS NOT NULL));
