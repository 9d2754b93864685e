-- View: how many user VMs each account has, and how many of them run.
CREATE OR REPLACE VIEW `account_vm_view` AS
SELECT
    a.id AS account_id,
    a.account_name AS account_name,
    d.path AS domain_path,
    COUNT(v.id) AS vm_count,
    COUNT(CASE WHEN v.state = 'Running' THEN 1 END) AS running_vm_count
FROM `account` a
INNER JOIN `domain` d ON d.id = a.domain_id
LEFT JOIN `vm_instance` v ON v.account_id = a.id AND v.type = 'User' AND v.removed IS NULL
WHERE a.removed IS NULL
GROUP BY a.id, a.account_name, d.path;
