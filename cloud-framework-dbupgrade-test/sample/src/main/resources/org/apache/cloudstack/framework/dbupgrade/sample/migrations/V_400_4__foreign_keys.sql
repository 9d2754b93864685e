-- The foreign keys of the install, added once all tables are there.

ALTER TABLE `domain`
    ADD CONSTRAINT `fk_domain__parent` FOREIGN KEY (`parent`) REFERENCES `domain` (`id`);
ALTER TABLE `account`
    ADD CONSTRAINT `fk_account__domain_id` FOREIGN KEY (`domain_id`) REFERENCES `domain` (`id`);
ALTER TABLE `user`
    ADD CONSTRAINT `fk_user__account_id` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE;
ALTER TABLE `guest_os`
    ADD CONSTRAINT `fk_guest_os__category_id` FOREIGN KEY (`category_id`) REFERENCES `guest_os_category` (`id`);

# machines
ALTER TABLE `host_pod_ref`
    ADD CONSTRAINT `fk_host_pod_ref__data_center_id` FOREIGN KEY (`data_center_id`) REFERENCES `data_center` (`id`);
ALTER TABLE `cluster`
    ADD CONSTRAINT `fk_cluster__pod_id` FOREIGN KEY (`pod_id`) REFERENCES `host_pod_ref` (`id`),
    ADD CONSTRAINT `fk_cluster__data_center_id` FOREIGN KEY (`data_center_id`) REFERENCES `data_center` (`id`);
ALTER TABLE `host`
    ADD CONSTRAINT `fk_host__data_center_id` FOREIGN KEY (`data_center_id`) REFERENCES `data_center` (`id`),
    ADD CONSTRAINT `fk_host__pod_id` FOREIGN KEY (`pod_id`) REFERENCES `host_pod_ref` (`id`),
    ADD CONSTRAINT `fk_host__cluster_id` FOREIGN KEY (`cluster_id`) REFERENCES `cluster` (`id`);
ALTER TABLE `op_host_capacity`
    ADD CONSTRAINT `fk_op_host_capacity__cluster_id` FOREIGN KEY (`cluster_id`) REFERENCES `cluster` (`id`)
        ON DELETE CASCADE;
ALTER TABLE `storage_pool`
    ADD CONSTRAINT `fk_storage_pool__cluster_id` FOREIGN KEY (`cluster_id`) REFERENCES `cluster` (`id`),
    ADD CONSTRAINT `fk_storage_pool__data_center_id` FOREIGN KEY (`data_center_id`) REFERENCES `data_center` (`id`);
ALTER TABLE `vlan`
    ADD CONSTRAINT `fk_vlan__data_center_id` FOREIGN KEY (`data_center_id`) REFERENCES `data_center` (`id`);
ALTER TABLE `user_ip_address`
    ADD CONSTRAINT `fk_user_ip_address__account_id` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`),
    ADD CONSTRAINT `fk_user_ip_address__vlan_db_id` FOREIGN KEY (`vlan_db_id`) REFERENCES `vlan` (`id`)
        ON DELETE CASCADE,
    ADD CONSTRAINT `fk_user_ip_address__vm_id` FOREIGN KEY (`vm_id`) REFERENCES `vm_instance` (`id`);

# what tenants own
ALTER TABLE `service_offering`
    ADD CONSTRAINT `fk_service_offering__id` FOREIGN KEY (`id`) REFERENCES `disk_offering` (`id`) ON DELETE CASCADE;
ALTER TABLE `vm_template`
    ADD CONSTRAINT `fk_vm_template__guest_os_id` FOREIGN KEY (`guest_os_id`) REFERENCES `guest_os` (`id`);
ALTER TABLE `vm_instance`
    ADD CONSTRAINT `fk_vm_instance__vm_template_id` FOREIGN KEY (`vm_template_id`) REFERENCES `vm_template` (`id`),
    ADD CONSTRAINT `fk_vm_instance__host_id` FOREIGN KEY (`host_id`) REFERENCES `host` (`id`),
    ADD CONSTRAINT `fk_vm_instance__last_host_id` FOREIGN KEY (`last_host_id`) REFERENCES `host` (`id`),
    ADD CONSTRAINT `fk_vm_instance__pod_id` FOREIGN KEY (`pod_id`) REFERENCES `host_pod_ref` (`id`),
    ADD CONSTRAINT `fk_vm_instance__account_id` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`),
    ADD CONSTRAINT `fk_vm_instance__service_offering_id` FOREIGN KEY (`service_offering_id`)
        REFERENCES `service_offering` (`id`);
ALTER TABLE `volumes`
    ADD CONSTRAINT `fk_volumes__instance_id` FOREIGN KEY (`instance_id`) REFERENCES `vm_instance` (`id`),
    ADD CONSTRAINT `fk_volumes__pool_id` FOREIGN KEY (`pool_id`) REFERENCES `storage_pool` (`id`),
    ADD CONSTRAINT `fk_volumes__account_id` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`);
ALTER TABLE `snapshots`
    ADD CONSTRAINT `fk_snapshots__volume_id` FOREIGN KEY (`volume_id`) REFERENCES `volumes` (`id`),
    ADD CONSTRAINT `fk_snapshots__account_id` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`);

# networks
ALTER TABLE `vpc_offering_service_map`
    ADD CONSTRAINT `fk_vpc_offering_service_map__vpc_offering_id` FOREIGN KEY (`vpc_offering_id`)
        REFERENCES `vpc_offerings` (`id`) ON DELETE CASCADE;
ALTER TABLE `vpc`
    ADD CONSTRAINT `fk_vpc__vpc_offering_id` FOREIGN KEY (`vpc_offering_id`) REFERENCES `vpc_offerings` (`id`),
    ADD CONSTRAINT `fk_vpc__zone_id` FOREIGN KEY (`zone_id`) REFERENCES `data_center` (`id`),
    ADD CONSTRAINT `fk_vpc__account_id` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`);
ALTER TABLE `networks`
    ADD CONSTRAINT `fk_networks__network_offering_id` FOREIGN KEY (`network_offering_id`)
        REFERENCES `network_offerings` (`id`),
    ADD CONSTRAINT `fk_networks__data_center_id` FOREIGN KEY (`data_center_id`) REFERENCES `data_center` (`id`),
    ADD CONSTRAINT `fk_networks__vpc_id` FOREIGN KEY (`vpc_id`) REFERENCES `vpc` (`id`),
    ADD CONSTRAINT `fk_networks__account_id` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`);
ALTER TABLE `nics`
    ADD CONSTRAINT `fk_nics__instance_id` FOREIGN KEY (`instance_id`) REFERENCES `vm_instance` (`id`),
    ADD CONSTRAINT `fk_nics__network_id` FOREIGN KEY (`network_id`) REFERENCES `networks` (`id`);
ALTER TABLE `domain_router`
    ADD CONSTRAINT `fk_domain_router__id` FOREIGN KEY (`id`) REFERENCES `vm_instance` (`id`),
    ADD CONSTRAINT `fk_domain_router__vpc_id` FOREIGN KEY (`vpc_id`) REFERENCES `vpc` (`id`);
ALTER TABLE `vpc_gateways`
    ADD CONSTRAINT `fk_vpc_gateways__network_id` FOREIGN KEY (`network_id`) REFERENCES `networks` (`id`),
    ADD CONSTRAINT `fk_vpc_gateways__vpc_id` FOREIGN KEY (`vpc_id`) REFERENCES `vpc` (`id`);
ALTER TABLE `private_ip_address`
    ADD CONSTRAINT `fk_private_ip_address__network_id` FOREIGN KEY (`network_id`) REFERENCES `networks` (`id`),
    ADD CONSTRAINT `fk_private_ip_address__vpc_id` FOREIGN KEY (`vpc_id`) REFERENCES `vpc` (`id`);
ALTER TABLE `firewall_rules`
    ADD CONSTRAINT `fk_firewall_rules__ip_address_id` FOREIGN KEY (`ip_address_id`) REFERENCES `user_ip_address` (`id`),
    ADD CONSTRAINT `fk_firewall_rules__network_id` FOREIGN KEY (`network_id`) REFERENCES `networks` (`id`);
ALTER TABLE `load_balancing_rules`
    ADD CONSTRAINT `fk_load_balancing_rules__id` FOREIGN KEY (`id`) REFERENCES `firewall_rules` (`id`)
        ON DELETE CASCADE;
ALTER TABLE `security_group`
    ADD CONSTRAINT `fk_security_group__account_id` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`);
