-- Corrects the name under which XenServer knows CentOS 6.5; only data changes.
-- dbupgrade: reason=XenServer refuses to start VMs of the wrongly named system

UPDATE `guest_os_hypervisor`
SET `guest_os_name` = 'CentOS 6 (64-bit)'
WHERE `hypervisor_type` = 'XenServer' AND `guest_os_id` = 12;
