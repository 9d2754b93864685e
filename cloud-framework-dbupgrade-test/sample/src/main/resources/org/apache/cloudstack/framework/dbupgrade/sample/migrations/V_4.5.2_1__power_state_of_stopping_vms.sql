-- A VM without a host has no power; 4.5.0 noted it as on; only data changes.
-- dbupgrade: reason=the power report of 4.5.1 restarts such VMs in an endless loop

UPDATE `vm_instance`
SET `power_state` = 'PowerOff'
WHERE `power_state` = 'PowerOn' AND `power_host` IS NULL;
