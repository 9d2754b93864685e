-- Templates say whether they can be sized dynamically; usage knows the hypervisor of VMs that ended.

ALTER TABLE `vm_template` ADD COLUMN `dynamically_scalable` TINYINT(1) NOT NULL DEFAULT 0;
UPDATE `vm_template` SET `dynamically_scalable` = 1 WHERE `hypervisor_type` IN ('XenServer', 'VMware');

UPDATE `cloud_usage`.`usage_vm_instance` u
INNER JOIN `cloud`.`vm_instance` v ON v.id = u.vm_instance_id
SET u.hypervisor_type = v.hypervisor_type
WHERE u.hypervisor_type IS NULL;

DELETE FROM `configuration` WHERE `name` = 'consoleproxy.url.domain' AND `value` = 'realhostip.com';
INSERT INTO `configuration` (`category`, `instance`, `component`, `name`, `value`, `description`)
VALUES ('Console Proxy', 'DEFAULT', 'AgentManager', 'consoleproxy.url.domain', '', 'Empty: consoles use plain HTTP');
