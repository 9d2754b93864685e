-- Volumes get the disk format that 4.2.0 left unset; only data changes.
-- dbupgrade: reason=4.2.0 servers refuse to snapshot volumes without a format, so it cannot wait for the next release

UPDATE `volumes` v
INNER JOIN `storage_pool` p ON p.id = v.pool_id
SET v.format = CASE p.hypervisor
        WHEN 'KVM' THEN 'QCOW2'
        WHEN 'XenServer' THEN 'VHD'
        WHEN 'VMware' THEN 'OVA'
        ELSE 'RAW'
    END
WHERE v.format IS NULL AND v.pool_id IS NOT NULL;
