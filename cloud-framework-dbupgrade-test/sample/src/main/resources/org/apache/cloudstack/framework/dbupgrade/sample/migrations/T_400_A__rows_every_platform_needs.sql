-- The rows of the first install that servers look up by name or id, in every release.

SELECT wanted.id
FROM (SELECT 1 AS id) wanted
LEFT JOIN `domain` d ON d.id = wanted.id AND d.path = '/'
WHERE d.id IS NULL;

SELECT wanted.name
FROM (SELECT 'system' AS name UNION ALL SELECT 'admin') wanted
LEFT JOIN `account` a ON a.account_name = wanted.name AND a.domain_id = 1
WHERE a.id IS NULL;

-- settings without a default in the code; their values are the operator's
SELECT wanted.name
FROM (SELECT 'expunge.delay' AS name UNION ALL SELECT 'wait' UNION ALL SELECT 'vpc.cleanup.interval') wanted
LEFT JOIN `configuration` c ON c.name = wanted.name
WHERE c.name IS NULL;
