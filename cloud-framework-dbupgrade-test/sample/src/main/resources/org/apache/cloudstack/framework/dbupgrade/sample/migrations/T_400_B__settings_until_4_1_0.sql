-- Settings that the servers of 4.0 read, and that 4.1.0 takes away.
-- dbupgrade: until=4.1.0

SELECT wanted.name
FROM (SELECT 'use.local.storage' AS name UNION ALL SELECT 'use.user.concentrated.pod.allocation') wanted
LEFT JOIN `configuration` c ON c.name = wanted.name
WHERE c.name IS NULL;
