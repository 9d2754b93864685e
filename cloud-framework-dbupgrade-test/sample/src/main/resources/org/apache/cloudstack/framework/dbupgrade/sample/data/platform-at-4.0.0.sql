-- Fills a database at release 4.0.0 with a platform that has been in use for some months. Every value follows from a
-- number, so that all servers get the same rows.
--
-- What is there: zone 1 runs KVM and zone 2 XenServer. A user VM n has the id 1000 + n; odd numbers are in zone 1.
-- Routers 101-380 belong to isolated networks, those from 501 on to the 50 VPCs (505 is the first of VPC 5).

SET @session_sql_mode := @@SESSION.sql_mode;

CREATE TABLE `seed_number` (`n` INT NOT NULL, PRIMARY KEY (`n`)) ENGINE=InnoDB;
INSERT INTO `seed_number` (`n`) VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
INSERT INTO `seed_number` (`n`)
SELECT a.n * 10 + b.n FROM `seed_number` a CROSS JOIN `seed_number` b WHERE a.n > 0 ORDER BY 1;
INSERT INTO `seed_number` (`n`)
SELECT a.n * 100 + b.n FROM `seed_number` a CROSS JOIN `seed_number` b WHERE a.n BETWEEN 1 AND 99 ORDER BY 1;
INSERT INTO `seed_number` (`n`)
SELECT a.n * 10000 + b.n FROM `seed_number` a CROSS JOIN `seed_number` b WHERE a.n BETWEEN 1 AND 2 ORDER BY 1;
INSERT INTO `seed_number` (`n`) VALUES (30000);

-- tenants: domains 2-21, accounts and users 3-202
INSERT INTO `domain` (`id`, `uuid`, `parent`, `name`, `path`, `level`)
SELECT 1 + n, CONCAT('d0000000-0000-4000-8000-', LPAD(n, 12, '0')), 1, CONCAT('tenant', n), CONCAT('/tenant', n, '/'), 1
FROM `seed_number` WHERE n BETWEEN 1 AND 20;
UPDATE `domain` SET `child_count` = 20 WHERE `id` = 1;
INSERT INTO `account` (`id`, `uuid`, `account_name`, `type`, `domain_id`, `state`)
SELECT 2 + n, CONCAT('a0000000-0000-4000-8000-', LPAD(n, 12, '0')), CONCAT('account', n), IF(n <= 20, 2, 0),
    2 + (n - 1) % 20, IF(n % 50 = 0, 'locked', 'enabled')
FROM `seed_number` WHERE n BETWEEN 1 AND 200;
INSERT INTO `user` (`id`, `uuid`, `username`, `password`, `account_id`, `firstname`, `lastname`, `email`, `created`)
SELECT 2 + n, CONCAT('b0000000-0000-4000-8000-', LPAD(n, 12, '0')), CONCAT('user', n), SHA2(CONCAT('user', n), 256),
    2 + n, CONCAT('First', n), IF(n % 40 = 0, 'O''Neill; Jr.', CONCAT('Last', n)), CONCAT('user', n, '@example.org'),
    '2012-11-10 08:00:00'
FROM `seed_number` WHERE n BETWEEN 1 AND 200;
INSERT INTO `cloud_usage`.`account` (`id`, `account_name`, `type`, `domain_id`)
SELECT a.id, a.account_name, a.type, a.domain_id FROM `account` a WHERE a.id > 2;

-- the old default group, and a second one of the same name for every eighth account; every tenth has none
INSERT INTO `security_group` (`id`, `name`, `description`, `domain_id`, `account_id`)
SELECT a.id, 'default', 'Default security group', a.domain_id, a.id FROM `account` a WHERE a.id > 2 AND a.id % 10 <> 0;
INSERT INTO `security_group` (`id`, `name`, `description`, `domain_id`, `account_id`)
SELECT 1000 + a.id, 'default', 'Made by a second server at the same moment', a.domain_id, a.id
FROM `account` a WHERE a.id > 2 AND a.id % 8 = 0 AND a.id % 10 <> 0;

-- machines: clusters 1 and 3 (KVM, zone 1), 2 and 4 (XenServer, zone 2), 5 (VMware, given up)
INSERT INTO `data_center` (`id`, `uuid`, `name`, `dns1`, `internal_dns1`, `guest_network_cidr`) VALUES
    (2, 'c0000000-0000-4000-8000-000000000002', 'zone2', '192.0.2.54', '10.0.0.54', '10.2.1.0/24');
INSERT INTO `host_pod_ref` (`id`, `uuid`, `name`, `data_center_id`, `gateway`, `cidr_address`, `cidr_size`)
SELECT n, CONCAT('c1000000-0000-4000-8000-', LPAD(n, 12, '0')), CONCAT('pod', n), 2 - n % 2, CONCAT('10.', n, '.0.1'),
    CONCAT('10.', n, '.0.0'), 16
FROM `seed_number` WHERE n BETWEEN 1 AND 4;
INSERT INTO `cluster` (`id`, `uuid`, `name`, `pod_id`, `data_center_id`, `hypervisor_type`, `removed`)
SELECT n, CONCAT('c2000000-0000-4000-8000-', LPAD(n, 12, '0')), CONCAT('cluster', n), IF(n = 5, 4, n),
    IF(n = 5, 2, 2 - n % 2), CASE WHEN n = 5 THEN 'VMware' WHEN n % 2 = 1 THEN 'KVM' ELSE 'XenServer' END,
    IF(n = 5, '2013-02-01 00:00:00', NULL)
FROM `seed_number` WHERE n BETWEEN 1 AND 5;
INSERT INTO `host` (`id`, `uuid`, `name`, `status`, `type`, `private_ip_address`, `data_center_id`, `pod_id`,
    `cluster_id`, `cpus`, `speed`, `ram`, `tags`, `hypervisor_type`, `version`, `created`)
SELECT n, CONCAT('c3000000-0000-4000-8000-', LPAD(n, 12, '0')), CONCAT('host', LPAD(n, 2, '0')),
    IF(n % 40 = 0, 'Alert', 'Up'), 'Routing', CONCAT('10.', 1 + (n - 1) % 4, '.1.', n), 2 - n % 2, 1 + (n - 1) % 4,
    1 + (n - 1) % 4, 32, 2400, 549755813888,
    CASE n % 8 WHEN 0 THEN 'ssd, gpu' WHEN 1 THEN 'ssd' WHEN 4 THEN 'ssd,large,ssd' WHEN 5 THEN '' ELSE NULL END,
    IF(n % 2 = 1, 'KVM', 'XenServer'), '4.0.0', '2012-11-08 00:00:00'
FROM `seed_number` WHERE n BETWEEN 1 AND 80;
INSERT INTO `host` (`id`, `uuid`, `name`, `status`, `type`, `private_ip_address`, `data_center_id`, `url`,
    `created`) VALUES
    (81, 'c3000000-0000-4000-8000-000000000081', 'nfs://10.1.0.5/secondary', 'Alert', 'SecondaryStorage', '10.1.0.5', 1,
     'nfs://10.1.0.5/secondary', '2012-11-08 00:00:00'),
    (82, 'c3000000-0000-4000-8000-000000000082', 'nfs://10.2.0.5/secondary', 'Alert', 'SecondaryStorage', '10.2.0.5', 2,
     'nfs://10.2.0.5/secondary', '2012-11-08 00:00:00');
INSERT INTO `op_host_capacity` (`id`, `host_id`, `data_center_id`, `pod_id`, `cluster_id`, `used_capacity`,
    `total_capacity`, `capacity_type`)
SELECT h.id * 2 + t.n, h.id, h.data_center_id, h.pod_id, h.cluster_id, IF(t.n = 0, 274877906944, 38400),
    IF(t.n = 0, h.ram, h.cpus * h.speed), t.n
FROM `host` h CROSS JOIN `seed_number` t WHERE h.type = 'Routing' AND t.n < 2;
INSERT INTO `storage_pool` (`id`, `uuid`, `name`, `pool_type`, `port`, `data_center_id`, `pod_id`, `cluster_id`,
    `available_bytes`, `capacity_bytes`, `host_address`, `path`, `status`, `created`)
SELECT n, CONCAT('c4000000-0000-4000-8000-', LPAD(n, 12, '0')), CONCAT('primary', n), 'NetworkFilesystem', 2049,
    2 - n % 2, 1 + (n - 1) % 4, 1 + (n - 1) % 4, 54975581388800, 109951162777600,
    CONCAT('10.', 1 + (n - 1) % 4, '.0.6'),
    CONCAT('/export/primary', n), 'Up', '2012-11-08 00:00:00'
FROM `seed_number` WHERE n BETWEEN 1 AND 8;

-- templates: ten of users, and the new ones for the system VMs of both hypervisors, registered and downloaded
INSERT INTO `vm_template` (`id`, `unique_name`, `name`, `uuid`, `public`, `type`, `url`, `format`, `account_id`,
    `guest_os_id`, `hypervisor_type`, `size`, `created`)
SELECT 20 + n, CONCAT(2 + n, '-', n), CONCAT('Image ', n), CONCAT('e0000000-0000-4000-8000-', LPAD(n, 12, '0')), 1,
    'USER', CONCAT('http://images.example.org/', n), IF(n % 2 = 1, 'QCOW2', 'VHD'), 2 + n, n,
    IF(n % 2 = 1, 'KVM', 'XenServer'), 10737418240, '2012-12-01 00:00:00'
FROM `seed_number` WHERE n BETWEEN 1 AND 10;
INSERT INTO `vm_template` (`id`, `unique_name`, `name`, `uuid`, `public`, `type`, `url`, `format`, `account_id`,
    `checksum`, `guest_os_id`, `hypervisor_type`, `size`, `created`) VALUES
    (201, '2-201', 'systemvm-kvm-4.2', 'e0000000-0000-4000-8000-000000000201', 0, 'USER',
     'http://templates.example.org/4.2/systemvm-kvm.qcow2.bz2', 'QCOW2', 2, '6cea42b2633841648040becb588bd8f0', 4,
     'KVM', 2621440000, '2013-09-20 00:00:00'),
    (202, '2-202', 'systemvm-xenserver-4.2', 'e0000000-0000-4000-8000-000000000202', 0, 'USER',
     'http://templates.example.org/4.2/systemvm-xenserver.vhd.bz2', 'VHD', 2, 'fb1b6e032a160d86f2c28feb5add6d83', 4,
     'XenServer', 2621440000, '2013-09-20 00:00:00');

-- networks: 200-207 of the zones, 1001-1240 isolated (from 1201 on with two routers), 2001-2100 tiers, 3001-3010
-- gateways
INSERT INTO `network_offerings` (`id`, `uuid`, `name`, `display_text`, `traffic_type`, `guest_type`,
    `redundant_router_service`, `created`)
VALUES (9, 'f0000000-0000-4000-8000-000000000009', 'RedundantIsolated', 'Isolated; with two routers', 'Guest',
    'Isolated', 1, '2012-11-20 00:00:00');
INSERT INTO `vpc_offerings` (`id`, `uuid`, `unique_name`, `name`, `display_text`, `created`) VALUES
    (2, 'f1000000-0000-4000-8000-000000000002', 'Redundant VPC offering', 'Redundant VPC offering', 'Two routers',
     '2012-11-20 00:00:00');
INSERT INTO `vpc_offering_service_map` (`id`, `vpc_offering_id`, `service`, `provider`, `created`) VALUES
    (6, 2, 'SourceNat', 'VpcVirtualRouter', '2012-11-20 00:00:00'),
    (7, 2, 'RedundantRouter', 'VpcVirtualRouter', '2012-11-20 00:00:00');
INSERT INTO `vpc` (`id`, `uuid`, `name`, `cidr`, `vpc_offering_id`, `zone_id`, `domain_id`, `account_id`, `created`)
SELECT s.n, CONCAT('f2000000-0000-4000-8000-', LPAD(s.n, 12, '0')), CONCAT('vpc', s.n),
    CONCAT('10.', 100 + s.n, '.0.0/16'),
    IF(s.n >= 45, 2, 1), 2 - s.n % 2, a.domain_id, a.id, '2012-12-10 00:00:00'
FROM `seed_number` s INNER JOIN `account` a ON a.id = 2 + s.n WHERE s.n BETWEEN 1 AND 50;
INSERT INTO `networks` (`id`, `uuid`, `name`, `traffic_type`, `broadcast_domain_type`, `mode`, `network_offering_id`,
    `data_center_id`, `state`, `domain_id`, `account_id`, `created`)
SELECT 200 + s.n, CONCAT('f3000000-0000-4000-8000-', LPAD(200 + s.n, 12, '0')), NULL, o.traffic_type, 'Vlan', 'Static',
    o.id, 1 + FLOOR(s.n / 4), 'Setup', 1, 1, '2012-11-08 00:00:00'
FROM `seed_number` s INNER JOIN `network_offerings` o ON o.id = 1 + s.n % 4 WHERE s.n < 8;
INSERT INTO `networks` (`id`, `uuid`, `name`, `traffic_type`, `broadcast_domain_type`, `broadcast_uri`, `gateway`,
    `cidr`, `mode`, `network_offering_id`, `data_center_id`, `state`, `guest_type`, `domain_id`, `account_id`,
    `created`)
SELECT 1000 + s.n, CONCAT('f3000000-0000-4000-8000-', LPAD(1000 + s.n, 12, '0')), CONCAT('net', s.n), 'Guest', 'Vlan',
    CONCAT('vlan://', 1000 + s.n), '10.1.1.1', '10.1.1.0/24', 'Dhcp', IF(s.n > 200, 9, 6), 2 - s.n % 2, 'Implemented',
    'Isolated', a.domain_id, a.id, '2012-12-01 00:00:00'
FROM `seed_number` s INNER JOIN `account` a ON a.id = 3 + (s.n - 1) % 200 WHERE s.n BETWEEN 1 AND 240;
INSERT INTO `networks` (`id`, `uuid`, `name`, `traffic_type`, `broadcast_domain_type`, `broadcast_uri`, `gateway`,
    `cidr`, `mode`, `network_offering_id`, `data_center_id`, `state`, `guest_type`, `vpc_id`, `domain_id`, `account_id`,
    `created`)
SELECT 2000 + 50 * t.n + v.id, CONCAT('f3000000-0000-4000-8000-', LPAD(2000 + 50 * t.n + v.id, 12, '0')),
    CONCAT(v.name, '-tier', 1 + t.n), 'Guest', 'Vlan', CONCAT('vlan://', 2000 + 50 * t.n + v.id),
    CONCAT('10.', 100 + v.id, '.', t.n, '.1'), CONCAT('10.', 100 + v.id, '.', t.n, '.0/24'), 'Dhcp', 8, v.zone_id,
    'Implemented', 'Isolated', v.id, v.domain_id, v.account_id, '2012-12-10 00:00:00'
FROM `vpc` v CROSS JOIN `seed_number` t WHERE t.n < 2;
INSERT INTO `networks` (`id`, `uuid`, `name`, `traffic_type`, `broadcast_domain_type`, `broadcast_uri`, `mode`,
    `network_offering_id`, `data_center_id`, `state`, `guest_type`, `domain_id`, `account_id`, `created`)
SELECT 3000 + v.id, CONCAT('f3000000-0000-4000-8000-', LPAD(3000 + v.id, 12, '0')), CONCAT('gateway-', v.name), 'Guest',
    'Vlan', CONCAT('vlan://', 3000 + v.id), 'Static', 5, v.zone_id, 'Implemented', 'Isolated', v.domain_id,
    v.account_id, '2012-12-20 00:00:00'
FROM `vpc` v WHERE v.id <= 10;
INSERT INTO `vpc_gateways` (`id`, `uuid`, `ip4_address`, `netmask`, `gateway`, `vlan_tag`, `network_id`, `vpc_id`,
    `zone_id`, `state`, `created`)
SELECT v.id, CONCAT('f4000000-0000-4000-8000-', LPAD(v.id, 12, '0')), CONCAT('172.16.', v.id, '.10'), '255.255.255.0',
    CONCAT('172.16.', v.id, '.1'), CONCAT(3000 + v.id), 3000 + v.id, v.id, v.zone_id, 'Ready', '2012-12-20 00:00:00'
FROM `vpc` v WHERE v.id <= 10;
INSERT INTO `private_ip_address` (`id`, `ip_address`, `network_id`, `vpc_id`, `taken`)
SELECT g.id, g.ip4_address, g.network_id, g.vpc_id, '2012-12-20 00:00:00' FROM `vpc_gateways` g;
INSERT INTO `vlan` (`id`, `uuid`, `vlan_id`, `vlan_gateway`, `vlan_netmask`, `description`, `vlan_type`,
    `data_center_id`, `network_id`)
SELECT n, CONCAT('f5000000-0000-4000-8000-', LPAD(n, 12, '0')), 'untagged', CONCAT('198.51.', n, '.1'), '255.255.255.0',
    CONCAT('198.51.', n, '.2-198.51.', n, '.254'), 'VirtualNetwork', 2 - n % 2, 200 + 4 * ((n - 1) % 2)
FROM `seed_number` WHERE n BETWEEN 1 AND 10;

-- system VMs 1-4, then routers: the numbers and their VPCs are in a table of their own until the end of this script
INSERT INTO `vm_instance` (`id`, `name`, `display_name`, `instance_name`, `state`, `type`, `vm_template_id`,
    `guest_os_id`, `hypervisor_type`, `data_center_id`, `pod_id`, `host_id`, `account_id`, `domain_id`,
    `service_offering_id`, `created`)
SELECT n, CONCAT(IF(n <= 2, 'v-', 's-'), n, '-VM'), NULL, CONCAT(IF(n <= 2, 'v-', 's-'), n, '-VM'), 'Running',
    IF(n <= 2, 'ConsoleProxy', 'SecondaryStorageVm'), IF(n % 2 = 1, 3, 1), 4, IF(n % 2 = 1, 'KVM', 'XenServer'),
    2 - n % 2, 2 - n % 2, 2 - n % 2, 1, 1, IF(n <= 2, 6, 7), '2012-11-08 00:00:00'
FROM `seed_number` WHERE n BETWEEN 1 AND 4;

CREATE TABLE `seed_router` (
    `id` INT NOT NULL,
    `network_id` INT NULL,
    `vpc_id` INT NULL,
    `zone_id` INT NOT NULL,
    `gone` TINYINT(1) NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `seed_router` (`id`, `network_id`, `vpc_id`, `zone_id`)
SELECT 100 + n, 1000 + n, NULL, 2 - n % 2 FROM `seed_number` WHERE n BETWEEN 1 AND 200;
INSERT INTO `seed_router` (`id`, `network_id`, `vpc_id`, `zone_id`)
SELECT 301 + n, 1201 + FLOOR(n / 2), NULL, 1 + FLOOR(n / 2) % 2 FROM `seed_number` WHERE n < 80;
INSERT INTO `seed_router` (`id`, `network_id`, `vpc_id`, `zone_id`) SELECT 500 + v.id, NULL, v.id, v.zone_id
FROM `vpc` v;
INSERT INTO `seed_router` (`id`, `network_id`, `vpc_id`, `zone_id`)
SELECT 506 + v.id, NULL, v.id, v.zone_id FROM `vpc` v WHERE v.id >= 45;
-- one of VPC 3 that is long gone, and one or two too many in VPCs 7, 12 and 45
INSERT INTO `seed_router` (`id`, `network_id`, `vpc_id`, `zone_id`, `gone`) VALUES
    (400, NULL, 3, 1, 1), (561, NULL, 7, 1, 0), (562, NULL, 45, 1, 0), (563, NULL, 12, 2, 0), (564, NULL, 12, 2, 0);

INSERT INTO `vm_instance` (`id`, `name`, `display_name`, `instance_name`, `state`, `type`, `vm_template_id`,
    `guest_os_id`, `hypervisor_type`, `data_center_id`, `pod_id`, `host_id`, `last_host_id`, `account_id`, `domain_id`,
    `service_offering_id`, `created`, `removed`)
SELECT r.id, CONCAT('r-', r.id, '-VM'), NULL, CONCAT('r-', r.id, '-VM'), IF(r.gone, 'Expunging', 'Running'),
    'DomainRouter', IF(r.zone_id = 1, 3, 1), 4, IF(r.zone_id = 1, 'KVM', 'XenServer'), r.zone_id, h.pod_id,
    IF(r.gone, NULL, h.id), h.id, COALESCE(n.account_id, v.account_id), COALESCE(n.domain_id, v.domain_id), 5,
    '2012-12-11 00:00:00', IF(r.gone, '2013-01-05 00:00:00', NULL)
FROM `seed_router` r
INNER JOIN `host` h ON h.id = r.zone_id + 2 * (r.id % 40)
LEFT JOIN `networks` n ON n.id = r.network_id
LEFT JOIN `vpc` v ON v.id = r.vpc_id;
INSERT INTO `domain_router` (`id`, `element_id`, `public_ip_address`, `public_netmask`, `is_redundant_router`,
    `is_priority_bumpup`, `template_version`, `vpc_id`)
SELECT r.id, 1, CONCAT('198.51.', 1 + r.id % 10, '.', 2 + FLOOR(r.id / 10)), '255.255.255.0',
    r.network_id IS NOT NULL AND r.network_id > 1200,
    r.network_id IS NOT NULL AND r.network_id > 1200 AND r.id % 10 = 2,
    'Cloudstack Release 4.0', r.vpc_id
FROM `seed_router` r;

-- 20,000 user VMs: every seventh is stopped, every twentieth expunged; some have no display name
INSERT INTO `vm_instance` (`id`, `name`, `display_name`, `instance_name`, `state`, `type`, `vm_template_id`,
    `guest_os_id`, `hypervisor_type`, `data_center_id`, `pod_id`, `host_id`, `last_host_id`, `ha_enabled`, `account_id`,
    `domain_id`, `service_offering_id`, `update_count`, `created`, `removed`)
SELECT 1000 + s.n, CONCAT('vm', s.n), CASE s.n % 10 WHEN 3 THEN NULL WHEN 4 THEN '' ELSE CONCAT('My VM ', s.n) END,
    CONCAT('i-', w.account_id, '-', 1000 + s.n, '-VM'),
    CASE WHEN s.n % 20 = 0 THEN 'Expunging' WHEN s.n % 7 = 0 THEN 'Stopped' ELSE 'Running' END, 'User',
    21 + (s.n - 1) % 10, 1 + (s.n - 1) % 10, IF(s.n % 2 = 1, 'KVM', 'XenServer'), 2 - s.n % 2, 1 + (s.n - 1) % 4,
    IF(s.n % 20 = 0 OR s.n % 7 = 0 OR s.n % 1001 = 0, NULL, 1 + (s.n - 1) % 80), 1 + (s.n - 1) % 80, s.n % 3 = 0,
    w.account_id, w.domain_id, 1 + s.n % 2, s.n % 5, DATE_ADD('2012-12-15 00:00:00', INTERVAL s.n * 5 MINUTE),
    IF(s.n % 20 = 0, '2013-03-01 00:00:00', NULL)
FROM `seed_number` s
INNER JOIN `networks` w ON w.id = IF(s.n > 19000, 2001 + (s.n - 1) % 100, 1001 + (s.n - 1) % 240)
WHERE s.n BETWEEN 1 AND 20000;
-- an accident of the early days: VMs that should run and have no host
UPDATE `vm_instance` SET `host_id` = NULL WHERE `type` = 'User' AND `state` = 'Running' AND `id` % 997 = 0;

-- a root volume for each VM (that of a system VM has the VM's id), a data volume for every fourth user VM
INSERT INTO `volumes` (`id`, `account_id`, `domain_id`, `pool_id`, `instance_id`, `device_id`, `name`, `size`, `path`,
    `data_center_id`, `volume_type`, `disk_offering_id`, `template_id`, `state`, `created`, `removed`)
SELECT v.id, v.account_id, v.domain_id, IF(v.removed IS NULL, v.pod_id + 4 * (FLOOR(v.id / 4) % 2), NULL), v.id, 0,
    CONCAT('ROOT-', v.id), IF(v.id % 9 = 0, 0, t.size), CONCAT('path-', v.id), v.data_center_id, 'ROOT',
    v.service_offering_id, v.vm_template_id, IF(v.removed IS NULL, 'Ready', 'Destroy'), v.created, v.removed
FROM `vm_instance` v INNER JOIN `vm_template` t ON t.id = v.vm_template_id;
INSERT INTO `volumes` (`id`, `account_id`, `domain_id`, `pool_id`, `instance_id`, `device_id`, `name`, `size`, `path`,
    `data_center_id`, `volume_type`, `disk_offering_id`, `state`, `created`)
SELECT 30000 + v.id, v.account_id, v.domain_id, v.pod_id + 4 * (FLOOR(v.id / 4) % 2), IF(v.removed IS NULL, v.id, NULL),
    1, CONCAT('DATA-', v.id), 5368709120, CONCAT('path-', 30000 + v.id), v.data_center_id, 'DATADISK', 3, 'Ready',
    v.created
FROM `vm_instance` v WHERE v.type = 'User' AND v.id % 4 = 1;
INSERT INTO `snapshots` (`id`, `uuid`, `data_center_id`, `account_id`, `volume_id`, `name`, `status`, `size`, `created`)
SELECT s.n, CONCAT('e1000000-0000-4000-8000-', LPAD(s.n, 12, '0')), v.data_center_id, v.account_id, v.id,
    CONCAT(v.name, '_20130401'), 'BackedUp', v.size, '2013-04-01 00:00:00'
FROM `seed_number` s INNER JOIN `volumes` v ON v.id = 1000 + 10 * s.n + 1 WHERE s.n BETWEEN 1 AND 1900;

-- nics of user VMs: one each, a second one for each of zone 2
INSERT INTO `nics` (`id`, `instance_id`, `mac_address`, `ip4_address`, `netmask`, `network_id`, `state`,
    `reserver_name`, `device_id`, `default_nic`, `vm_type`, `created`, `removed`)
SELECT 100000 + s.n, 1000 + s.n, CONCAT('02:00:', LPAD(HEX(FLOOR(s.n / 65536)), 2, '0'), ':',
        LPAD(HEX(FLOOR(s.n / 256) % 256), 2, '0'), ':', LPAD(HEX(s.n % 256), 2, '0'), ':01'),
    CONCAT('10.1.', FLOOR(s.n / 250) % 250, '.', 2 + s.n % 250), '255.255.255.0',
    IF(s.n > 19000, 2001 + (s.n - 1) % 100, 1001 + (s.n - 1) % 240), IF(s.n % 20 = 0, 'Deallocating', 'Reserved'),
    'ExternalGuestNetworkGuru', 0, 1, 'User', '2012-12-15 00:00:00', IF(s.n % 20 = 0, '2013-03-01 00:00:00', NULL)
FROM `seed_number` s WHERE s.n BETWEEN 1 AND 20000;
INSERT INTO `nics` (`id`, `instance_id`, `mac_address`, `ip4_address`, `netmask`, `network_id`, `state`,
    `reserver_name`, `device_id`, `default_nic`, `vm_type`, `created`, `removed`)
SELECT 100000 + n.id, n.instance_id, CONCAT(LEFT(n.mac_address, 15), '02'),
    CONCAT('10.2.', SUBSTRING(n.ip4_address, 6)),
    n.netmask, 1001 + (n.id + 1) % 240, n.state, n.reserver_name, 1, 0, 'User', n.created, n.removed
FROM `nics` n WHERE n.id % 2 = 0;

-- nics of routers in isolated networks: eth0 guest, eth1 control, eth2 public
INSERT INTO `nics` (`id`, `instance_id`, `ip4_address`, `network_id`, `state`, `device_id`, `default_nic`, `vm_type`,
    `created`)
SELECT 300000 + 10 * r.id + d.n, r.id, CONCAT('10.', 1 + d.n, '.', FLOOR(r.id / 250), '.', 1 + r.id % 250),
    CASE d.n WHEN 0 THEN r.network_id WHEN 1 THEN 202 + 4 * (r.zone_id - 1) ELSE 200 + 4 * (r.zone_id - 1) END,
    'Reserved', d.n, d.n = 2, 'DomainRouter', '2012-12-11 00:00:00'
FROM `seed_router` r CROSS JOIN `seed_number` d WHERE r.vpc_id IS NULL AND d.n < 3;

-- nics of routers in VPCs: eth0 control, eth1 public, tiers on eth3 and eth4; on eth2 and eth3 in every fifth VPC
INSERT INTO `nics` (`id`, `instance_id`, `ip4_address`, `network_id`, `state`, `device_id`, `default_nic`, `vm_type`,
    `created`, `removed`)
SELECT 300000 + 10 * r.id + d.n, r.id, CONCAT('10.', 1 + d.n, '.', FLOOR(r.id / 250), '.', 1 + r.id % 250),
    CASE d.n WHEN 0 THEN 202 + 4 * (r.zone_id - 1) WHEN 1 THEN 200 + 4 * (r.zone_id - 1)
        ELSE 2000 + 50 * (d.n - 2) + r.vpc_id END,
    'Reserved', IF(d.n < 2 OR r.vpc_id % 5 = 0, d.n, d.n + 1), d.n = 1, 'DomainRouter', '2012-12-11 00:00:00',
    IF(r.gone, '2013-01-05 00:00:00', NULL)
FROM `seed_router` r CROSS JOIN `seed_number` d WHERE r.vpc_id IS NOT NULL AND d.n < 4;
-- private gateways: on eth2, of router 505 on eth4; VPC 10 has one without a nic
INSERT INTO `nics` (`id`, `instance_id`, `ip4_address`, `network_id`, `state`, `device_id`, `default_nic`, `vm_type`,
    `created`)
SELECT 300000 + 10 * r.id + 9, r.id, g.ip4_address, g.network_id, 'Reserved', IF(r.vpc_id = 5, 4, 2), 0, 'DomainRouter',
    '2012-12-20 00:00:00'
FROM `seed_router` r INNER JOIN `vpc_gateways` g ON g.vpc_id = r.vpc_id
WHERE r.id BETWEEN 501 AND 509;
-- router 515 had a third tier on eth4 once, router 520 has a gap at eth3
INSERT INTO `nics` (`id`, `instance_id`, `network_id`, `state`, `device_id`, `vm_type`, `created`, `removed`)
VALUES (305158, 515, 2015, 'Deallocating', 4, 'DomainRouter', '2012-12-12 00:00:00', '2013-01-10 00:00:00');
UPDATE `nics` SET `device_id` = 4 WHERE `instance_id` = 520 AND `device_id` = 3;

-- addresses, firewall rules and load balancers
INSERT INTO `user_ip_address` (`id`, `uuid`, `public_ip_address`, `data_center_id`, `vlan_db_id`)
SELECT s.n, CONCAT('f6000000-0000-4000-8000-', LPAD(s.n, 12, '0')),
    CONCAT('198.51.', 1 + (s.n - 1) % 10, '.', 2 + FLOOR((s.n - 1) / 10)), v.data_center_id, v.id
FROM `seed_number` s INNER JOIN `vlan` v ON v.id = 1 + (s.n - 1) % 10 WHERE s.n BETWEEN 1 AND 2500;
UPDATE `user_ip_address` i
INNER JOIN `networks` n ON n.id = 1000 + i.id
SET i.account_id = n.account_id, i.domain_id = n.domain_id, i.network_id = n.id, i.source_nat = 1,
    i.allocated = '2012-12-11 00:00:00', i.state = 'Allocated';
INSERT INTO `firewall_rules` (`id`, `uuid`, `ip_address_id`, `start_port`, `end_port`, `state`, `purpose`,
    `account_id`, `domain_id`, `network_id`, `created`)
SELECT s.n, CONCAT('f7000000-0000-4000-8000-', LPAD(s.n, 12, '0')), i.id, 1000 + s.n, 1000 + s.n, 'Active',
    IF(s.n % 5 = 0, 'LoadBalancing', 'Firewall'), i.account_id, i.domain_id, i.network_id, '2012-12-12 00:00:00'
FROM `seed_number` s INNER JOIN `user_ip_address` i ON i.id = 1 + (s.n - 1) % 240 WHERE s.n BETWEEN 1 AND 1200;
INSERT INTO `load_balancing_rules` (`id`, `name`, `default_port_start`, `default_port_end`, `algorithm`)
SELECT r.id, CONCAT('lb', r.id), r.start_port, r.end_port, IF(r.id % 2 = 0, 'roundrobin', 'leastconn')
FROM `firewall_rules` r WHERE r.purpose = 'LoadBalancing';

-- two management servers, jobs, alerts and 50,000 events
INSERT INTO `mshost` (`id`, `msid`, `runid`, `name`, `state`, `version`, `service_ip`, `service_port`,
    `last_update`) VALUES
    (1, 90520730730001, 1355000000000, 'mgmt1', 'Down', '4.0.0', '10.0.0.11', 9090, '2013-04-30 22:00:00'),
    (2, 90520730730002, 1355000000001, 'mgmt2', 'Down', '4.0.0', '10.0.0.12', 9090, '2013-04-30 22:00:00');
INSERT INTO `async_job` (`id`, `uuid`, `user_id`, `account_id`, `job_cmd`, `job_cmd_info`, `job_status`, `session_key`,
    `created`)
SELECT n, CONCAT('e2000000-0000-4000-8000-', LPAD(n, 12, '0')), 3 + (n - 1) % 200, 3 + (n - 1) % 200,
    IF(n % 2 = 0, 'StartVMCmd', 'DeployVMCmd'), CONCAT('{"id":"', 1000 + n, '"}'), IF(n % 25 = 0, 2, 1), 'unused',
    DATE_ADD('2013-01-01 00:00:00', INTERVAL n MINUTE)
FROM `seed_number` WHERE n BETWEEN 1 AND 5000;
SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION';
INSERT INTO `alert` (`id`, `type`, `data_center_id`, `pod_id`, `subject`, `sent_count`, `created`, `resolved`)
SELECT n, 7 + n % 3, 2 - n % 2, 1 + (n - 1) % 4,
    CONCAT('Host host', LPAD(1 + n % 80, 2, '0'), ' is down; "look" at it'),
    1, DATE_ADD('2012-12-01 00:00:00', INTERVAL n HOUR),
    CASE WHEN n % 5 = 0 THEN '0000-00-00 00:00:00' WHEN n % 5 = 1 THEN NULL
        ELSE DATE_ADD('2012-12-01 06:00:00', INTERVAL n HOUR) END
FROM `seed_number` WHERE n BETWEEN 1 AND 1000;
SET SESSION sql_mode = @session_sql_mode;
INSERT INTO `event` (`id`, `type`, `description`, `user_id`, `account_id`, `domain_id`, `created`, `level`)
SELECT s.n, IF(s.n % 2 = 0, 'VM.START', 'VM.CREATE'), CONCAT('VM ', 1000 + s.n % 20000, ' is there; all''s well'), a.id,
    a.id, a.domain_id, DATE_ADD('2012-12-15 00:00:00', INTERVAL s.n * 6 MINUTE),
    CASE s.n % 10 WHEN 0 THEN 'info' WHEN 1 THEN 'Warn' ELSE 'INFO' END
FROM `seed_number` s INNER JOIN `account` a ON a.id = 3 + (s.n - 1) % 200 WHERE s.n BETWEEN 1 AND 30000;
INSERT INTO `usage_event` (`id`, `type`, `account_id`, `created`, `zone_id`, `resource_id`, `resource_name`,
    `offering_id`, `template_id`, `size`, `processed`)
SELECT s.n, IF(s.n % 2 = 0, 'VM.START', 'VOLUME.CREATE'), v.account_id, v.created, v.data_center_id, v.id, v.name,
    v.service_offering_id, v.vm_template_id, IF(s.n % 2 = 0, NULL, 10737418240), s.n <= 19500
FROM `seed_number` s INNER JOIN `vm_instance` v ON v.id = 1000 + s.n WHERE s.n BETWEEN 1 AND 20000;

-- the usage database: events taken over (some of accounts that are gone), records of running VMs and volumes
USE `cloud_usage`;
INSERT INTO `usage_event` (`id`, `type`, `account_id`, `created`, `zone_id`, `resource_id`, `resource_name`,
    `offering_id`, `template_id`, `size`, `processed`)
SELECT e.id, e.type, IF(e.id % 500 = 0, 9000 + e.id, e.account_id), e.created, e.zone_id, e.resource_id,
    e.resource_name, e.offering_id, e.template_id, e.size, e.processed
FROM `cloud`.`usage_event` e WHERE e.processed = 1;
INSERT INTO `cloud_usage` (`id`, `zone_id`, `account_id`, `domain_id`, `description`, `usage_display`, `usage_type`,
    `raw_usage`, `vm_instance_id`, `offering_id`, `template_id`, `usage_id`, `start_date`, `end_date`)
SELECT s.n, v.data_center_id, v.account_id, v.domain_id, CONCAT(v.name, ' running time'), '24 Hrs', 1 + s.n % 2, 24,
    v.id, v.service_offering_id, v.vm_template_id, v.id, DATE_ADD('2013-01-01 00:00:00', INTERVAL s.n % 90 DAY),
    DATE_ADD('2013-01-01 23:59:59', INTERVAL s.n % 90 DAY)
FROM `cloud`.`seed_number` s INNER JOIN `cloud`.`vm_instance` v ON v.id = 1000 + s.n WHERE s.n BETWEEN 1 AND 10000;
INSERT INTO `usage_vm_instance` (`usage_type`, `zone_id`, `account_id`, `vm_instance_id`, `vm_name`,
    `service_offering_id`, `template_id`, `hypervisor_type`, `start_date`, `end_date`)
SELECT 1, v.data_center_id, v.account_id, v.id, v.name, v.service_offering_id, v.vm_template_id,
    IF(v.removed IS NULL, v.hypervisor_type, NULL), v.created, v.removed
FROM `cloud`.`vm_instance` v WHERE v.type = 'User' AND v.id <= 11000;
INSERT INTO `usage_volume` (`zone_id`, `account_id`, `domain_id`, `id`, `disk_offering_id`, `template_id`, `size`,
    `created`, `deleted`)
SELECT v.data_center_id, v.account_id, v.domain_id, v.id, v.disk_offering_id, v.template_id, v.size, v.created,
    v.removed
FROM `cloud`.`volumes` v WHERE v.id BETWEEN 1001 AND 6000;
INSERT INTO `usage_network` (`account_id`, `zone_id`, `host_id`, `network_id`, `bytes_sent`, `bytes_received`,
    `event_time_millis`)
SELECT n.account_id, n.data_center_id, 100 + s.n, n.id, 1000000 * n.id, 2000000 * n.id, 1357000000000 + s.n * 86400000
FROM `cloud`.`networks` n CROSS JOIN `cloud`.`seed_number` s WHERE n.id BETWEEN 1001 AND 1200 AND s.n < 10;
INSERT INTO `usage_job` (`id`, `host`, `pid`, `scheduled`, `start_millis`, `end_millis`, `success`, `heartbeat`)
SELECT n, 'usage1/10.0.0.21', 4711, 1, 1357000000000 + n * 86400000, 1357086400000 + n * 86400000, 1,
    DATE_ADD('2013-01-01 00:15:00', INTERVAL n DAY)
FROM `cloud`.`seed_number` WHERE n BETWEEN 1 AND 90;

USE `cloud`;
DROP TABLE `seed_router`;
DROP TABLE `seed_number`;

-- a platform in use has statistics; without them a server may take the full tables for empty ones
ANALYZE TABLE `vm_instance`, `volumes`, `nics`, `snapshots`, `event`, `usage_event`, `domain_router`, `networks`,
    `cloud_usage`.`usage_event`, `cloud_usage`.`cloud_usage`, `cloud_usage`.`usage_vm_instance`;
