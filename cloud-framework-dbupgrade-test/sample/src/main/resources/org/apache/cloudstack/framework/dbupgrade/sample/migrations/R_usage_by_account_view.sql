-- View of the usage database: raw usage per account and type, as invoices read it.
CREATE OR REPLACE VIEW `cloud_usage`.`usage_by_account_view` AS
SELECT
    a.id AS account_id,
    a.account_name AS account_name,
    u.usage_type AS usage_type,
    COUNT(u.id) AS record_count,
    SUM(u.raw_usage) AS raw_usage
FROM `cloud_usage`.`cloud_usage` u
INNER JOIN `cloud_usage`.`account` a ON a.id = u.account_id
GROUP BY a.id, a.account_name, u.usage_type;
