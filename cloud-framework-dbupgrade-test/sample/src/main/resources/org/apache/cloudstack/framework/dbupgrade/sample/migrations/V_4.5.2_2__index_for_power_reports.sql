-- An index for the report of power states, which reads all VMs of a host.
-- dbupgrade: phase=expand
-- dbupgrade: reason=without the index the report takes minutes on large platforms and hosts are taken for dead
-- dbupgrade: waive=patch-changes-schema because hosts that are taken for dead cannot wait for the next release

CALL `idempotent_add_index`('vm_instance', 'i_vm_instance__power_host_state', '`power_host`, `power_state`');
