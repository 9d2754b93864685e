-- Guest systems that templates refer to, with a name for KVM.

SELECT wanted.uuid
FROM (
    SELECT '00000000-0000-4000-8000-0000000f0012' AS uuid
    UNION ALL SELECT '00000000-0000-4000-8000-0000000f0013'
    UNION ALL SELECT '00000000-0000-4000-8000-0000000f0014'
) wanted
LEFT JOIN `guest_os` o ON o.uuid = wanted.uuid
LEFT JOIN `guest_os_hypervisor` h ON h.guest_os_id = o.id AND h.hypervisor_type = 'KVM'
WHERE h.id IS NULL;
