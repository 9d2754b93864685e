-- A VPC has one router at work, or two where it is redundant.

SELECT r.vpc_id
FROM `domain_router` r
INNER JOIN `vpc` v ON v.id = r.vpc_id
WHERE r.retired = 0
GROUP BY r.vpc_id, v.redundant
HAVING COUNT(*) > 1 + v.redundant;
