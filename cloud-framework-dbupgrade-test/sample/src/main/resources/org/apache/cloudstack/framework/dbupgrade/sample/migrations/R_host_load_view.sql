-- View: where each routing host stands and how many VMs run on it.
CREATE OR REPLACE VIEW `host_load_view` AS
SELECT
    h.id AS host_id,
    h.name AS host_name,
    h.status AS host_status,
    z.name AS zone_name,
    p.name AS pod_name,
    c.name AS cluster_name,
    c.hypervisor_type AS hypervisor_type,
    COUNT(v.id) AS running_vm_count
FROM `host` h
INNER JOIN `data_center` z ON z.id = h.data_center_id
INNER JOIN `host_pod_ref` p ON p.id = h.pod_id
INNER JOIN `cluster` c ON c.id = h.cluster_id
LEFT JOIN `vm_instance` v ON v.host_id = h.id AND v.state = 'Running' AND v.removed IS NULL
WHERE h.type = 'Routing' AND h.removed IS NULL
GROUP BY h.id, h.name, h.status, z.name, p.name, c.name, c.hypervisor_type;
