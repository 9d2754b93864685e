-- The rows every platform starts with: root domain, two accounts, a zone, operating systems, offerings, settings.

/* The two accounts belong to the root domain, which has no parent. */
INSERT INTO `domain` (`id`, `uuid`, `parent`, `name`, `path`, `level`) VALUES
    (1, '00000000-0000-4000-8000-0000000d0001', NULL, 'ROOT', '/', 0);
INSERT INTO `account` (`id`, `uuid`, `account_name`, `type`, `domain_id`, `state`) VALUES
    (1, '00000000-0000-4000-8000-0000000a0001', 'system', 1, 1, 'enabled'),
    (2, '00000000-0000-4000-8000-0000000a0002', 'admin', 1, 1, 'enabled');
INSERT INTO `user` (`id`, `uuid`, `username`, `password`, `account_id`, `firstname`, `lastname`, `state`, `created`)
VALUES
    (1, '00000000-0000-4000-8000-0000000b0001', 'system', '', 1, 'system', 'cloud', 'enabled', '2012-11-05 00:00:00'),
    (2, '00000000-0000-4000-8000-0000000b0002', 'admin', 'set at first start', 2, 'admin', 'cloud', 'disabled',
     '2012-11-05 00:00:00');
INSERT INTO `data_center` (`id`, `uuid`, `name`, `description`, `dns1`, `internal_dns1`, `guest_network_cidr`) VALUES
    (1, '00000000-0000-4000-8000-0000000c0001', 'zone1', 'The operator''s first zone; rename it', '192.0.2.53',
     '10.0.0.53', '10.1.1.0/24');

INSERT INTO `guest_os_category` (`id`, `uuid`, `name`) VALUES
    (1, '00000000-0000-4000-8000-0000000e0001', 'CentOS'),
    (2, '00000000-0000-4000-8000-0000000e0002', 'Debian'),
    (3, '00000000-0000-4000-8000-0000000e0003', 'Red Hat'),
    (4, '00000000-0000-4000-8000-0000000e0004', 'Ubuntu'),
    (5, '00000000-0000-4000-8000-0000000e0005', 'Windows'),
    (6, '00000000-0000-4000-8000-0000000e0006', 'Other');
INSERT INTO `guest_os` (`id`, `uuid`, `category_id`, `name`, `display_name`) VALUES
    (1, '00000000-0000-4000-8000-0000000f0001', 1, NULL, 'CentOS 5.3 (32-bit)'),
    (2, '00000000-0000-4000-8000-0000000f0002', 1, NULL, 'CentOS 5.6 (64-bit)'),
    (3, '00000000-0000-4000-8000-0000000f0003', 1, NULL, 'CentOS 6.0 (64-bit)'),
    (4, '00000000-0000-4000-8000-0000000f0004', 2, NULL, 'Debian GNU/Linux 5.0 (64-bit)'),
    (5, '00000000-0000-4000-8000-0000000f0005', 2, NULL, 'Debian GNU/Linux 6(64-bit)'),
    (6, '00000000-0000-4000-8000-0000000f0006', 3, NULL, 'Red Hat Enterprise Linux 6.0 (64-bit)'),
    (7, '00000000-0000-4000-8000-0000000f0007', 4, NULL, 'Ubuntu 10.04 (64-bit)'),
    (8, '00000000-0000-4000-8000-0000000f0008', 4, NULL, 'Ubuntu 12.04 (64-bit)'),
    (9, '00000000-0000-4000-8000-0000000f0009', 5, NULL, 'Windows Server 2003 (32-bit)'),
    (10, '00000000-0000-4000-8000-0000000f0010', 5, NULL, 'Windows Server 2008 (64-bit)'),
    (11, '00000000-0000-4000-8000-0000000f0011', 6, NULL, 'Other (64-bit)');

INSERT INTO `hypervisor_capabilities`
    (`id`, `uuid`, `hypervisor_type`, `hypervisor_version`, `max_guests_limit`, `security_group_enabled`) VALUES
    (1, '00000000-0000-4000-8000-000000100001', 'XenServer', 'default', 50, 1),
    (2, '00000000-0000-4000-8000-000000100002', 'XenServer', '6.0.2', 50, 1),
    (3, '00000000-0000-4000-8000-000000100003', 'KVM', 'default', 50, 1),
    (4, '00000000-0000-4000-8000-000000100004', 'VMware', 'default', 128, 0),
    (5, '00000000-0000-4000-8000-000000100005', 'VMware', '5.0', 128, 0);

INSERT INTO `disk_offering` (`id`, `uuid`, `name`, `display_text`, `disk_size`, `type`, `system_use`, `created`) VALUES
    (1, '00000000-0000-4000-8000-000000110001', 'Small Instance', 'One CPU; half a gigabyte', 0, 'Service', 0,
     '2012-11-05 00:00:00'),
    (2, '00000000-0000-4000-8000-000000110002', 'Medium Instance', 'One CPU; one gigabyte', 0, 'Service', 0,
     '2012-11-05 00:00:00'),
    (3, '00000000-0000-4000-8000-000000110003', 'Small', '5 GB disk', 5368709120, 'Disk', 0, '2012-11-05 00:00:00'),
    (4, '00000000-0000-4000-8000-000000110004', 'Large', '100 GB disk', 107374182400, 'Disk', 0, '2012-11-05 00:00:00'),
    (5, '00000000-0000-4000-8000-000000110005', 'System Offering For Software Router', NULL, 0, 'Service', 1,
     '2012-11-05 00:00:00'),
    (6, '00000000-0000-4000-8000-000000110006', 'System Offering For Console Proxy', NULL, 0, 'Service', 1,
     '2012-11-05 00:00:00'),
    (7, '00000000-0000-4000-8000-000000110007', 'System Offering For Secondary Storage VM', NULL, 0, 'Service', 1,
     '2012-11-05 00:00:00');
INSERT INTO `service_offering` (`id`, `cpu`, `speed`, `ram_size`, `vm_type`) VALUES
    (1, 1, 500, 512, NULL),
    (2, 1, 1000, 1024, NULL),
    (5, 1, 500, 128, 'domainrouter'),
    (6, 1, 500, 1024, 'consoleproxy'),
    (7, 1, 500, 256, 'secondarystoragevm');

INSERT INTO `vm_template` (`id`, `unique_name`, `name`, `uuid`, `public`, `type`, `bits`, `url`, `format`, `account_id`,
    `checksum`, `display_text`, `guest_os_id`, `hypervisor_type`, `size`, `created`) VALUES
    (1, 'routing-1', 'SystemVM Template (XenServer)', '00000000-0000-4000-8000-000000120001', 0, 'SYSTEM', 32,
     'http://templates.example.org/4.0/systemvm-xenserver.vhd.bz2', 'VHD', 1, '1ee8f0cbd86bd1a4a0a3c4a61a4ae8e5',
     'System VMs on XenServer', 4, 'XenServer', 2101252608, '2012-11-05 00:00:00'),
    (3, 'routing-3', 'SystemVM Template (KVM)', '00000000-0000-4000-8000-000000120003', 0, 'SYSTEM', 64,
     'http://templates.example.org/4.0/systemvm-kvm.qcow2.bz2', 'QCOW2', 1, '2755de1f9ef2ce4d6f2bee2efbb4da92',
     'System VMs on KVM', 4, 'KVM', 2097152000, '2012-11-05 00:00:00'),
    (4, 'centos56-x86_64', 'CentOS 5.6 (64-bit), no desktop', '00000000-0000-4000-8000-000000120004', 1, 'BUILTIN', 64,
     'http://templates.example.org/builtin/centos56.qcow2.bz2', 'QCOW2', 1, 'ed0e788280ff2912ea40f7f91ca7a249',
     'CentOS 5.6 (64-bit); "no GUI"', 2, 'KVM', 8589934592, '2012-11-05 00:00:00'),
    (5, 'centos56-x86_64-xen', 'CentOS 5.6 (64-bit), no desktop, XenServer', '00000000-0000-4000-8000-000000120005', 1,
     'BUILTIN', 64, 'http://templates.example.org/builtin/centos56.vhd.bz2', 'VHD', 1,
     '905cec879afd9c9d22ecc8036131a180', 'CentOS 5.6 (64-bit) for XenServer', 2, 'XenServer', 8589934592,
     '2012-11-05 00:00:00'),
    (8, 'routing-8', 'SystemVM Template (vSphere)', '00000000-0000-4000-8000-000000120008', 0, 'SYSTEM', 32,
     'http://templates.example.org/4.0/systemvm-vmware.ova', 'OVA', 1, '8fde62b1089e5844a9cd3b9b953f9596',
     'System VMs on vSphere', 4, 'VMware', 1073741824, '2012-11-05 00:00:00');

INSERT INTO `network_offerings` (`id`, `uuid`, `name`, `display_text`, `traffic_type`, `guest_type`, `system_only`,
    `redundant_router_service`, `created`) VALUES
    (1, '00000000-0000-4000-8000-000000130001', 'System-Public-Network', 'Public', 'Public', NULL, 1, 0,
     '2012-11-05 00:00:00'),
    (2, '00000000-0000-4000-8000-000000130002', 'System-Management-Network', 'Management', 'Management', NULL, 1, 0,
     '2012-11-05 00:00:00'),
    (3, '00000000-0000-4000-8000-000000130003', 'System-Control-Network', 'Control', 'Control', NULL, 1, 0,
     '2012-11-05 00:00:00'),
    (4, '00000000-0000-4000-8000-000000130004', 'System-Storage-Network', 'Storage', 'Storage', NULL, 1, 0,
     '2012-11-05 00:00:00'),
    (5, '00000000-0000-4000-8000-000000130005', 'System-Private-Gateway-Network-Offering', 'Private gateway', 'Guest',
     'Isolated', 1, 0, '2012-11-05 00:00:00'),
    (6, '00000000-0000-4000-8000-000000130006', 'DefaultIsolatedNetworkOffering', 'Isolated with source NAT', 'Guest',
     'Isolated', 0, 0, '2012-11-05 00:00:00'),
    (7, '00000000-0000-4000-8000-000000130007', 'DefaultSharedNetworkOffering', 'Shared', 'Guest', 'Shared', 0, 0,
     '2012-11-05 00:00:00'),
    (8, '00000000-0000-4000-8000-000000130008', 'DefaultIsolatedNetworkOfferingForVpc', 'Tier of a VPC', 'Guest',
     'Isolated', 0, 0, '2012-11-05 00:00:00');
INSERT INTO `vpc_offerings` (`id`, `uuid`, `unique_name`, `name`, `display_text`, `default`, `created`) VALUES
    (1, '00000000-0000-4000-8000-000000140001', 'Default VPC offering', 'Default VPC offering', 'One router', 1,
     '2012-11-05 00:00:00');
INSERT INTO `vpc_offering_service_map` (`id`, `vpc_offering_id`, `service`, `provider`, `created`) VALUES
    (1, 1, 'Dhcp', 'VpcVirtualRouter', '2012-11-05 00:00:00'),
    (2, 1, 'Dns', 'VpcVirtualRouter', '2012-11-05 00:00:00'),
    (3, 1, 'SourceNat', 'VpcVirtualRouter', '2012-11-05 00:00:00'),
    (4, 1, 'StaticNat', 'VpcVirtualRouter', '2012-11-05 00:00:00'),
    (5, 1, 'Vpn', 'VpcVirtualRouter', '2012-11-05 00:00:00');

INSERT INTO `configuration` (`category`, `instance`, `component`, `name`, `value`, `description`) VALUES
    ('Advanced', 'DEFAULT', 'management-server', 'event.purge.delay', '15', 'Days after which events go; 0 keeps them'),
    ('Advanced', 'DEFAULT', 'management-server', 'expunge.delay', '86400', 'Seconds until a destroyed VM is expunged'),
    ('Advanced', 'DEFAULT', 'management-server', 'expunge.interval', '86400', 'Seconds between two expunge runs'),
    ('Advanced', 'DEFAULT', 'management-server', 'cluster.message.timeout.seconds', '300', NULL),
    ('Advanced', 'DEFAULT', 'NetworkManager', 'network.guest.cidr.limit', '22', 'Largest guest network'),
    ('Advanced', 'DEFAULT', 'NetworkManager', 'network.lb.haproxy.stats.uri', '/admin?stats', NULL),
    ('Advanced', 'DEFAULT', 'VpcManager', 'vpc.cleanup.interval', '3600', 'Seconds between two clean-ups of VPCs'),
    ('Advanced', 'DEFAULT', 'VpcManager', 'vpc.max.networks', '3', 'Tiers of one VPC'),
    ('Advanced', 'DEFAULT', 'management-server', 'linkLocalIp.nums', '10', 'Host bits of control addresses'),
    ('Advanced', 'DEFAULT', 'AgentManager', 'wait', '1800', 'Seconds to wait for control commands'),
    ('Console Proxy', 'DEFAULT', 'AgentManager', 'consoleproxy.capacity.standby', '10', NULL),
    ('Console Proxy', 'DEFAULT', 'AgentManager', 'consoleproxy.url.domain', 'realhostip.com', NULL),
    ('Hidden', 'DEFAULT', 'management-server', 'apply.allocation.algorithm.to.pods', 'false', NULL),
    ('Hidden', 'DEFAULT', 'management-server', 'cloud.identifier', '00000000-0000-4000-8000-000000150001', NULL),
    ('Hidden', 'DEFAULT', 'none', 'use.local.storage', 'false', 'Is not read any more'),
    ('Network', 'DEFAULT', 'none', 'use.user.concentrated.pod.allocation', 'true', 'Is not read any more'),
    ('Usage', 'DEFAULT', 'management-server', 'usage.stats.job.aggregation.range', '1440', 'Minutes; at least 60'),
    ('Usage', 'DEFAULT', 'management-server', 'usage.stats.job.exec.time', '00:15', NULL);

INSERT INTO `cloud_usage`.`account` (`id`, `account_name`, `type`, `domain_id`, `removed`)
SELECT a.id, a.account_name, a.type, a.domain_id, a.removed FROM `account` a;
