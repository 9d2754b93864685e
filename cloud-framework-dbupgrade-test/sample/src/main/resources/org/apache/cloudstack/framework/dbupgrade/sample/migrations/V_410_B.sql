-- Clean-up after 4.1.0: settings and columns that no server of this release reads.
-- dbupgrade: phase=contract

DELETE FROM `configuration` WHERE `name` IN ('use.local.storage', 'use.user.concentrated.pod.allocation');

/* Some platforms lost this key by hand, so it goes only where it is. */
CALL `idempotent_drop_index`('vm_instance', 'i_vm_instance__proxy_id');
ALTER TABLE `vm_instance` DROP COLUMN `proxy_id`;
ALTER TABLE `async_job` DROP COLUMN `session_key`;

DELETE e FROM `cloud_usage`.`usage_event` e
LEFT JOIN `cloud_usage`.`account` a ON a.id = e.account_id
WHERE a.id IS NULL;
